package trex.loop;

import trex.model.ModelFiles;
import trex.model.Recipe;
import trex.model.RunId;
import trex.model.StudyId;

/// A disk on which nothing takes any room.
public final class BoundlessDisk implements Disk {
    @Override
    public Need need(ModelFiles model, Recipe recipe) {
        return Need.NONE;
    }

    @Override
    public Room room() {
        return new Room(Long.MAX_VALUE, "");
    }

    @Override
    public long held(StudyId study) {
        return 0;
    }

    @Override
    public long held(StudyId study, RunId run) {
        return 0;
    }

    @Override
    public void release(StudyId study, RunId run) {}
}
