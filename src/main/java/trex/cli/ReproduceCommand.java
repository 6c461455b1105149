package trex.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import trex.executor.Reproduction;
import trex.loop.Studies;
import trex.model.RunEvent;

/// `trex reproduce`: does a bundle's best training again.
@Command(name = "reproduce", description = {
        "Do the best training of a bundle again and compare weights and score bit for bit.",
        "A base model or data that are not the study's own are refused. Exit code 1 where something differs."})
final class ReproduceCommand implements Callable<Integer> {
    private static final int DIGITS = 12;

    private final Wiring wiring;
    private final Terminal terminal;
    private String phase = "";

    @Parameters(index = "0", paramLabel = "BUNDLE", description = "The zip file that trex bundle wrote.")
    private Path file = Path.of("");

    @Mixin private final JsonOption json = new JsonOption();
    @Mixin private final HomeOption home = new HomeOption();

    ReproduceCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused, InterruptedException {
        OutcomeFile.refuseUnwritable(json.file());
        Reproduction.Outcome outcome;
        try (Interruption interruption = new Interruption()) {
            interruption.does(Thread.currentThread()::interrupt);
            outcome = wiring.reproduction(home.or(wiring.home())).of(file.toAbsolutePath().normalize(), this::show);
        }
        outcome.items().forEach(this::print);
        if (outcome.same()) {
            terminal.out().println("Everything is the same, bit for bit.");
        } else {
            terminal.out().println(outcome.reasons().isEmpty()
                    ? "Nothing is known that could explain it: please report this as a fault."
                    : "It could differ because of");
            outcome.reasons().forEach(reason -> terminal.out().println("  " + reason));
        }
        terminal.out().flush();
        if (json.file() != null) {
            OutcomeFile.writeJson(json.file(), outcome);
        }
        return outcome.same() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void print(Reproduction.Item item) {
        terminal.out().printf("%-9s  %-38s  %s%n", item.same() ? "same" : "different", item.what(),
                item.same() ? shortened(item.now()) : shortened(item.before()) + " → " + shortened(item.now()));
    }

    private static String shortened(String value) {
        return value.matches("[0-9a-f]{64}") ? value.substring(0, DIGITS) : value;
    }

    /// For a person who waits; not for a script.
    private void show(RunEvent event) {
        if (terminal.live() && event instanceof RunEvent.Phase(String text, _) && !text.equals(phase)) {
            phase = text;
            terminal.err().println(text + " …");
        }
    }
}
