package trex.loop;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import trex.model.Answer;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudySettings;

/// The whole program as the window and the terminal see it: both do everything through this door.
public interface Studies extends AutoCloseable {
    /// All studies in the home folder, newest first.
    List<Study> list();

    ExperimentTree tree(StudyId id);

    /// Reads a mission file. Relative paths in it are resolved against its folder.
    ///
    /// @throws Refused with a sentence that names the file, the field and the value
    Mission readMission(Path file) throws Refused;

    /// Creates a study and starts it.
    StudyControl start(Mission mission, StudySettings settings, StudyListener listener) throws Refused;

    /// Goes on with a stopped study, or one that a killed workbench left; runs that are still
    /// going are found again. The listener first hears the whole tree and all events of those runs.
    StudyControl resume(StudyId id, StudyListener listener) throws Refused;

    /// What may be changed of a study that is not finished and does not go on here now: it obeys when it goes on.
    default Steering steering(StudyId id) throws Refused {
        throw new Refused("study " + id + " cannot be steered here");
    }

    /// The run's events so far, read from its job folder: for the chart of an ended run.
    List<trex.model.RunEvent> events(StudyId id, trex.model.RunId run);

    /// What the run's model answered, by the examples' ids; empty where nothing was measured.
    default Map<String, Answer> answers(StudyId id, trex.model.RunId run) {
        return Map.of();
    }

    /// Workers of this home folder that are running now.
    List<trex.model.RunId> runningWorkers();

    /// Asks a worker to end at its next step.
    void stopWorker(trex.model.RunId run);

    /// The study's report as one HTML file; written anew from the store.
    Path writeReport(StudyId id) throws Refused;

    /// Packs the study into one file: mission, recipes, tree, metrics, digests, environment, and all
    /// that `trex reproduce` needs to do its best training again but the data and the base model.
    default void bundle(StudyId id, Path file) throws Refused {
        throw new Refused("study " + id + " cannot be bundled here");
    }

    /// Lets go of the home folder. Studies that go on are stopped as by a kill: their workers go on
    /// and a later start finds them.
    @Override
    default void close() {}

    /// A request that cannot be met; the message is a sentence for the person.
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        public Refused(String message) {
            super(message);
        }

        public Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
