package trex;

import java.nio.file.Path;
import trex.cli.Window;
import trex.gui.WorkbenchApp;
import trex.gui.shell.WorkbenchOptions;
import trex.loop.Studies;

/// The workbench on this machine's display.
final class DesktopWindow implements Window {
    private final WorkbenchOptions usual;

    /// @param missions folder of the tasks that a new study may start from
    /// @param memory file that keeps the window's layout
    DesktopWindow(Path missions, Path memory) {
        usual = WorkbenchOptions.DEFAULT.withMissions(missions).withMemory(memory);
    }

    @Override
    public void show(Studies studies, Opening opening) throws Studies.Refused, InterruptedException {
        try {
            WorkbenchApp.launch(studies, options(opening));
        } catch (UnsupportedOperationException e) {
            throw new Studies.Refused("The window cannot be opened: " + e.getMessage()
                    + " Without a display, use trex demo or trex run.", e);
        }
    }

    private WorkbenchOptions options(Opening opening) {
        return switch (opening) {
            case Opening.Overview() -> usual;
            case Opening.Existing(var study) -> usual.withOpen(study);
            case Opening.Fresh(var mission, var settings) -> usual.withStart(mission, settings);
        };
    }
}
