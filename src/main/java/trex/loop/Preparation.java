package trex.loop;

import java.util.function.Consumer;
import trex.model.Mission;
import trex.model.Prepared;
import trex.model.RunEvent;
import trex.model.StudyId;

/// Brings the base model here and cuts and seals the splits, before anything else runs.
public interface Preparation {
    /// @param progress phases of downloading, checking and cutting
    /// @throws Unprepared with a sentence that names the file, the line or the field at fault
    Prepared prepare(StudyId study, Mission mission, Consumer<RunEvent> progress)
            throws Unprepared, InterruptedException;

    /// The model or the data cannot be had or does not fit; the message is a sentence for the person.
    final class Unprepared extends Exception {
        private static final long serialVersionUID = 1;

        public Unprepared(String message) {
            super(message);
        }

        public Unprepared(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
