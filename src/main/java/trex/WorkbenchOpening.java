package trex;

import java.nio.file.Path;
import trex.cli.Window;
import trex.gui.WorkbenchApp;
import trex.gui.shell.WorkbenchOptions;
import trex.loop.Studies;

/// Opens the workbench for the command line.
///
/// @param root folder of the program's own files
/// @param home where the window's layout is remembered
record WorkbenchOpening(Path root, Path home) implements Window {
    private static final int PICTURE_ROUNDS = 6;
    private static final int PICTURE_SECONDS = 600;

    @Override
    public void show(Studies studies, Opening opening) {
        WorkbenchOptions options = WorkbenchOptions.DEFAULT
                .withMissions(root.resolve("ft-bench"))
                .withMemory(home.resolve("workbench.properties"));
        String picture = System.getProperty("trex.screenshot", "");
        if (!picture.isBlank()) {
            options = options.withSnapshot(
                    new WorkbenchOptions.Snapshot(Path.of(picture), PICTURE_ROUNDS, PICTURE_SECONDS, false));
        }
        options = switch (opening) {
            case Opening.Overview() -> options;
            case Opening.Existing(var study) -> options.withOpen(study);
            case Opening.Fresh(var mission, var settings) -> options.withStart(mission, settings);
        };
        try {
            WorkbenchApp.launch(studies, options);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
