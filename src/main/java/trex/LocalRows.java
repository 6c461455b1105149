package trex;

import java.io.IOException;
import java.nio.file.Path;
import trex.data.BadMission;
import trex.data.BrokenData;
import trex.data.OwnRows;
import trex.loop.OwnData;
import trex.loop.Studies;
import trex.model.DataPreview;
import trex.model.MappingTrial;
import trex.model.MissionDraft;
import trex.model.Template;

/// Own data on this machine; missions about it are written into the home folder.
public final class LocalRows implements OwnData {
    private final Path missions;
    private final OwnRows rows;
    private final DataPreview preview;

    /// @param missions the folder that new missions get theirs in
    /// @throws Studies.Refused for data that cannot be read
    public LocalRows(Path data, Path missions) throws Studies.Refused {
        this.missions = missions;
        try {
            rows = OwnRows.read(data);
            preview = rows.preview();
        } catch (BrokenData e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public DataPreview preview() {
        return preview;
    }

    @Override
    public MappingTrial trial(Template template) throws Studies.Refused {
        try {
            return rows.trial(template);
        } catch (BrokenData e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Path write(MissionDraft draft) throws Studies.Refused {
        try {
            return rows.write(draft, missions);
        } catch (BrokenData | BadMission e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Studies.Refused("The mission cannot be written to " + missions + ": " + e.getMessage(), e);
        }
    }
}
