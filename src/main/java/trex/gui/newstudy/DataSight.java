package trex.gui.newstudy;

import java.util.function.Consumer;
import trex.loop.OwnData;
import trex.loop.Studies;
import trex.model.Mission;
import trex.model.MissionPreview;

/// Looks at data before a study starts: a mission's, or the person's own.
public interface DataSight extends OwnData.Desk {
    /// Fetches the files that are not here, reads them and cuts the splits; keeps no rows.
    ///
    /// @param phase hears what is being done, on the caller's thread
    /// @throws Studies.Refused for data that cannot be had or used; names the file and the line
    MissionPreview preview(Mission mission, Consumer<String> phase) throws Studies.Refused, InterruptedException;
}
