package trex.gui;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import trex.LocalRows;
import trex.gui.newstudy.DataSight;
import trex.loop.OwnData;
import trex.loop.Studies;
import trex.model.DataProfile;
import trex.model.Example;
import trex.model.Mission;
import trex.model.MissionPreview;

/// Three rows of film reviews, whatever the mission. A goal that says "broken" has a broken line. Own
/// data is read really; missions about it are written beside it, into `missions`.
public final class FakeSight implements DataSight {
    private static final DataProfile PROFILE = new DataProfile(1600, 0.013, 54, 8, Map.of("positive", 0.557, "negative", 0.443));

    @Override
    public MissionPreview preview(Mission mission, Consumer<String> phase) throws Studies.Refused {
        phase.accept("reading train.tsv");
        if (mission.goal().contains("broken")) {
            throw new Studies.Refused("train.tsv, line 3: 1 column, expected 2");
        }
        return new MissionPreview(1600, 400, 872, 12, 0, PROFILE, List.of(
                row(1, "a gorgeous , witty , seductive movie .", "positive"),
                row(2, "unflinchingly bleak and desperate", "negative"),
                row(3, "it 's a charming and often affecting journey .", "positive")));
    }

    @Override
    public OwnData open(Path data) throws Studies.Refused {
        return new LocalRows(data, data.resolveSibling("missions"));
    }

    @Override
    public List<String> baseModels() {
        return List.of("nano", "smollm2-135m-instruct");
    }

    private static Example row(int line, String sentence, String label) {
        return new Example("train.tsv:" + line, null,
                "Is the sentiment of this movie review sentence positive or negative?\n\nSentence: " + sentence, label);
    }
}
