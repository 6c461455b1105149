package trex.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import trex.loop.Studies;
import trex.model.RunId;

/// `trex stop`: asks workers to end.
@Command(name = "stop", description = "Ask workers to end at their next step; they keep their checkpoints.")
final class StopCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Parameters(arity = "0..*", paramLabel = "RUN", description = "Runs, as trex workers names them (default: all).")
    private List<String> runs = new ArrayList<>();

    @Mixin private final HomeOption home = new HomeOption();

    StopCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused {
        try (Studies studies = wiring.homes().open(home.or(wiring.home()))) {
            List<RunId> running = studies.runningWorkers();
            for (RunId run : chosen(running)) {
                studies.stopWorker(run);
                terminal.out().println("asked " + run + " to stop");
            }
            if (running.isEmpty()) {
                terminal.err().println("No worker is running.");
            }
        }
        return ExitCode.OK;
    }

    private List<RunId> chosen(List<RunId> running) throws Studies.Refused {
        for (String run : runs) {
            if (running.stream().noneMatch(id -> id.value().equals(run))) {
                throw new Studies.Refused("No worker \"" + run + "\" is running; running are: " + running);
            }
        }
        return runs.isEmpty() ? running : running.stream().filter(id -> runs.contains(id.value())).toList();
    }
}
