package trex.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import trex.loop.Studies;
import trex.model.RunId;

/// `trex workers`: runs that compute now.
@Command(name = "workers", description = "List the workers of the home folder that are running now.")
final class WorkersCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin private final HomeOption home = new HomeOption();

    WorkersCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused {
        try (Studies studies = wiring.homes().open(home.or(wiring.home()))) {
            List<RunId> running = studies.runningWorkers();
            running.forEach(run -> terminal.out().println(run));
            if (running.isEmpty()) {
                terminal.err().println("No worker is running.");
            }
        }
        return ExitCode.OK;
    }
}
