package trex;

import java.nio.file.Path;
import java.util.function.Function;
import trex.cli.Window;
import trex.gui.WorkbenchApp;
import trex.gui.newstudy.DataSight;
import trex.gui.shell.WorkbenchOptions;
import trex.loop.Studies;

/// Opens the workbench for the command line. The system property `trex.screenshot` names a file for
/// a picture of the first study whose search has enough rounds to look at.
///
/// @param root folder of the program's own files
/// @param sights look at data before a study starts, by home folder
record WorkbenchOpening(Path root, Function<Path, ? extends DataSight> sights) implements Window {
    private static final int PICTURE_ROUNDS = 5;
    private static final int PICTURE_SECONDS = 600;

    @Override
    public void show(Studies studies, Path home, Opening opening) throws Studies.Refused, InterruptedException {
        try {
            WorkbenchApp.launch(studies, new LocalModels(studies, home, root), sights.apply(home), options(home, opening));
        } catch (UnsupportedOperationException e) {
            throw new Studies.Refused("The window cannot be opened: " + e.getMessage() + display()
                    + ". Without a display, use trex demo --headless or trex run.", e);
        }
    }

    private static String display() {
        String name = System.getenv("DISPLAY");
        return name == null ? "" : " " + name;
    }

    private WorkbenchOptions options(Path home, Opening opening) {
        WorkbenchOptions usual = WorkbenchOptions.DEFAULT
                .withMissions(root.resolve("ft-bench"), home.resolve("missions"))
                .withMemory(home.resolve("workbench.properties"));
        String picture = System.getProperty("trex.screenshot", "");
        WorkbenchOptions options = picture.isBlank() ? usual : usual.withSnapshot(
                new WorkbenchOptions.Snapshot(Path.of(picture), PICTURE_ROUNDS, PICTURE_SECONDS, false));
        return switch (opening) {
            case Opening.Overview() -> options;
            case Opening.Existing(var study) -> options.withOpen(study);
            case Opening.Fresh(var mission, var settings) -> options.withStart(mission, settings);
        };
    }
}
