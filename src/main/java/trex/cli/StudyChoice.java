package trex.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trex.loop.Studies;
import trex.model.Study;
import trex.model.StudyState;

/// Finds the study that a command means.
final class StudyChoice {
    private final Studies studies;
    private final Path home;

    StudyChoice(Studies studies, Path home) {
        this.studies = studies;
        this.home = home;
    }

    Study named(String id) throws Studies.Refused {
        List<Study> all = studies.list();
        return all.stream()
                .filter(study -> study.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new Studies.Refused("No study \"" + id + "\" in " + home + "; " + known(all)));
    }

    /// The named study, or the newest that is not finished.
    Study unfinished(@Nullable String id) throws Studies.Refused {
        if (id != null) {
            Study study = named(id);
            if (study.state() == StudyState.FINISHED) {
                throw new Studies.Refused("Study " + id + " is finished; its report: trex report " + id);
            }
            return study;
        }
        List<Study> all = studies.list();
        return all.stream()
                .filter(study -> study.state() != StudyState.FINISHED)
                .findFirst()
                .orElseThrow(() -> new Studies.Refused("No study in " + home + " waits to be resumed; " + known(all)));
    }

    private static String known(List<Study> all) {
        return all.isEmpty()
                ? "there are none yet."
                : "there are " + all.stream().map(s -> s.id().value()).collect(Collectors.joining(", ")) + ".";
    }
}
