package trex.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import trex.loop.Studies;

/// `trex window`: the workbench.
@Command(name = "window", description = "Open the workbench; what happens without a command where there is a display.")
final class WindowCommand implements Callable<Integer> {
    private final Wiring wiring;

    @Parameters(index = "0", arity = "0..1", paramLabel = "STUDY", description = "The study to show.")
    private @Nullable String id;

    @Mixin private final HomeOption home = new HomeOption();

    WindowCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() throws Studies.Refused, InterruptedException {
        if (!Screen.isThere()) {
            throw new Studies.Refused(
                    "There is no display here (DISPLAY is not set); without one, use trex demo or trex run.");
        }
        Path folder = home.or(wiring.home());
        try (Studies studies = wiring.homes().open(folder)) {
            Window.Opening opening = id == null
                    ? new Window.Opening.Overview()
                    : new Window.Opening.Existing(new StudyChoice(studies, folder).named(id).id());
            wiring.window().show(studies, folder, opening);
        }
        return ExitCode.OK;
    }
}
