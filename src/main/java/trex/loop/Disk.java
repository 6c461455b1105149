package trex.loop;

import trex.model.ModelFiles;
import trex.model.Recipe;
import trex.model.RunId;
import trex.model.StudyId;

/// The disk that runs' folders are on.
public interface Disk {
    /// What the folder of a training will take; [Need#UNKNOWN] where that cannot be told.
    Need need(ModelFiles model, Recipe recipe);

    Room room();

    /// Bytes that the folders of all runs of a study hold now.
    long held(StudyId study);

    /// Bytes that a run's folder holds now; 0 for one that is not there.
    long held(StudyId study, RunId run);

    /// Lets go of what served a run that will not go on to go on: its checkpoints, not its model.
    void release(StudyId study, RunId run);

    /// Bytes that a training's folder takes.
    ///
    /// @param peak most of them while it runs; NaN where that is not known
    /// @param kept those that stay; NaN where that is not known
    record Need(double peak, double kept) {
        public static final Need NONE = new Need(0, 0);
        public static final Need UNKNOWN = new Need(Double.NaN, Double.NaN);

        /// Of one training after the other.
        Need then(Need next) {
            return new Need(Math.max(peak, kept + next.peak), kept + next.kept);
        }
    }

    /// What can still be written.
    ///
    /// @param bytes `Long.MAX_VALUE` where that cannot be told
    /// @param place where, for the person
    record Room(long bytes, String place) {}
}
