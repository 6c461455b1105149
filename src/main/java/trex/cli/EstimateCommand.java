package trex.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trex.executor.Estimate;
import trex.loop.Studies;
import trex.model.RunEvent;

/// `trex estimate`: time, memory and disk of a recipe before it runs.
@Command(name = "estimate",
        description = "Predict time, memory and disk of a recipe on this machine, by a few steps of it.")
final class EstimateCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;
    private String phase = "";

    @Parameters(arity = "0..1", paramLabel = "RECIPE",
            description = "A recipe as JSON (default: the one that the mission starts from).")
    private @Nullable Path recipe;

    @Option(names = "--mission", required = true, paramLabel = "FILE",
            description = "The mission, as JSON: model, data and metric.")
    private Path mission = Path.of("");

    @Mixin private final HomeOption home = new HomeOption();

    EstimateCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused, InterruptedException {
        Estimate estimate = wiring.estimates().estimate(home.or(wiring.home()), wiring.missionFile(mission),
                recipe == null ? null : recipe.toAbsolutePath(), this::show);
        EstimateText.lines(estimate).forEach(terminal.out()::println);
        return ExitCode.OK;
    }

    /// For a person who waits; not for a script.
    private void show(RunEvent event) {
        if (terminal.live() && event instanceof RunEvent.Phase(String text, _) && !text.equals(phase)) {
            phase = text;
            terminal.err().println(text + " …");
        }
    }
}
