package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.data.MissionFile;
import trex.fetch.Places;
import trex.loop.Preparation.Unprepared;
import trex.model.Mission;
import trex.model.Prepared;
import trex.model.RunEvent;
import trex.model.StudyId;

class LocalPreparationTest {
    private static final StudyId STUDY = new StudyId("s1");

    @TempDir Path folder;
    private final List<RunEvent> heard = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("base.gguf"), "not read here");
        Files.writeString(folder.resolve("train.csv"), "text,kind\none bill,bill\nsome words,other\nlast bill,bill\n");
        Files.writeString(folder.resolve("validation.csv"), "text,kind\na validation row,bill\n");
        Files.writeString(folder.resolve("test.csv"), "text,kind\nthe last bill of all,bill\n");
        Files.writeString(folder.resolve("mission.json"), """
                {"name": "mine", "goal": "Sort.", "baseModel": "./base.gguf", "metric": "accuracy",
                 "data": {"train": [{"location": "train.csv"}], "validation": {"location": "validation.csv"},
                          "test": {"location": "test.csv"},
                          "template": {"prompt": "{text}", "answer": "{kind}", "answers": ["bill", "other"]}},
                 "budget": {"rounds": 3, "seconds": 60}}
                """);
    }

    @Test
    void aMissionIsPreparedBelowTheStudysFolder() throws Exception {
        Prepared prepared = prepare();
        Path splits = folder.resolve("home/studies/s1/splits");
        assertThat(Path.of(prepared.splits().train().path())).isEqualTo(splits.resolve("train.jsonl")).isRegularFile();
        assertThat(prepared.splits().removedFromTrain()).isEqualTo(1);
        assertThat(prepared.model().path()).isEqualTo(folder.resolve("base.gguf").toString());
        assertThat(prepared.profile().rows()).isEqualTo(2);
        assertThat(prepared.profile().answers()).containsEntry("other", 0.5);
        assertThat(heard).filteredOn(RunEvent.Notice.class::isInstance).first().asString()
                .contains("Sealed 2 training, 1 validation and 1 test rows; removed 1 training rows");
    }

    @Test
    void whatIsMissingOrBrokenIsOneSentence() throws Exception {
        Files.writeString(folder.resolve("train.csv"), "text,kind\none bill\n");
        assertUnprepared("train.csv, line 2: expected 2 fields (text, kind), found 1");
        Files.writeString(folder.resolve("train.csv"), "words,kind\none bill,bill\n");
        assertUnprepared("train.csv, line 2: expected the field \"text\" that data.template.prompt names; the row has words, kind");
        write();
        Mission mission = MissionFile.read(folder.resolve("mission.json"));
        Files.delete(folder.resolve("base.gguf"));
        assertThatThrownBy(() -> prepare(mission)).isInstanceOf(Unprepared.class).hasMessageContaining("base.gguf is not there");
        Files.delete(folder.resolve("train.csv"));
        assertThatThrownBy(() -> prepare(mission)).isInstanceOf(Unprepared.class).hasMessageContaining("train.csv is not there");
    }

    private void assertUnprepared(String message) {
        assertThatThrownBy(this::prepare).isInstanceOf(Unprepared.class).hasMessageContaining(message);
    }

    private Prepared prepare() throws Exception {
        return prepare(MissionFile.read(folder.resolve("mission.json")));
    }

    private Prepared prepare(Mission mission) throws Exception {
        Places places = new Places(folder.resolve("home"), folder, null, null, URI.create("https://huggingface.co"));
        return new LocalPreparation(places).prepare(STUDY, mission, heard::add);
    }
}
