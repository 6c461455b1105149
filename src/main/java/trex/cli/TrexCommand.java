package trex.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import trex.bench.Bench;
import trex.executor.Engines;
import trex.executor.ModelProcess;
import trex.loop.Studies;
import trex.loop.StudyStore;

/// `trex`: the command line as a whole.
@Command(name = "trex", version = "TREX Workbench 0.1.0", mixinStandardHelpOptions = true,
        description = "Tree-searched fine-tuning of language models on your own machine.",
        footer = {"", "Exit codes: 0 finished, 1 refused or failed, 2 wrong usage, 130 stopped by you."})
public final class TrexCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(TrexCommand.class);

    @Spec private @Nullable CommandSpec spec;

    private final WindowCommand window;

    private TrexCommand(WindowCommand window) {
        this.window = window;
    }

    /// Carries out a command line in this process's terminal.
    ///
    /// @return the exit code, see [ExitCode]
    public static int run(Wiring wiring, String... arguments) {
        return line(wiring, Terminal.ofProcess()).execute(arguments);
    }

    static CommandLine line(Wiring wiring, Terminal terminal) {
        CommandLine line = new CommandLine(new TrexCommand(new WindowCommand(wiring)));
        line.addSubcommand(new DemoCommand(wiring, terminal));
        line.addSubcommand(new NewCommand(wiring, terminal));
        line.addSubcommand(new RunCommand(wiring, terminal));
        line.addSubcommand(new ResumeCommand(wiring, terminal));
        line.addSubcommand(new SteerCommand(wiring, terminal));
        line.addSubcommand(new StudiesCommand(wiring, terminal));
        line.addSubcommand(new ReportCommand(wiring, terminal));
        line.addSubcommand(new ExportCommand(wiring, terminal));
        line.addSubcommand(new ChatCommand(wiring, terminal));
        line.addSubcommand(new BundleCommand(wiring, terminal));
        line.addSubcommand(new ReproduceCommand(wiring, terminal));
        line.addSubcommand(new WorkersCommand(wiring, terminal));
        line.addSubcommand(new StopCommand(wiring, terminal));
        line.addSubcommand(new WindowCommand(wiring));
        line.addSubcommand(new DataCommand(wiring, terminal));
        line.addSubcommand(new DevicesCommand(wiring, terminal));
        line.addSubcommand(new EngineCommand(wiring, terminal));
        line.addSubcommand(new EstimateCommand(wiring, terminal));
        line.addSubcommand(new BenchCommand(wiring, terminal));
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
        line.setOut(writer(terminal.out()));
        line.setErr(writer(terminal.err()));
        line.setParameterExceptionHandler((fault, _) -> misused(terminal, fault));
        line.setExecutionExceptionHandler((fault, _, _) -> failed(terminal, fault));
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    @Override
    public Integer call() throws Studies.Refused, InterruptedException {
        if (Screen.isThere()) {
            return window.call();
        }
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }

    private static int misused(Terminal terminal, CommandLine.ParameterException fault) {
        terminal.err().println(fault.getMessage() + " (see: "
                + fault.getCommandLine().getCommandSpec().qualifiedName() + " --help)");
        return ExitCode.USAGE;
    }

    private static int failed(Terminal terminal, Exception fault) {
        return switch (fault) {
            case Studies.Refused e -> refused(terminal, e);
            case ModelProcess.Failed e -> refused(terminal, e);
            case Engines.Failed e -> refused(terminal, e);
            case Bench.Unmeasured e -> refused(terminal, e);
            case StudyStore.StoreFailure e -> refused(terminal, e);
            case StudyStore.UnknownStudy e -> refused(terminal, e);
            case InterruptedException _ -> ExitCode.STOPPED;
            default -> {
                LOG.error("command failed", fault);
                terminal.err().println("A fault of this program: " + fault + "; the log has more: "
                        + System.getProperty("trex.log", "trex.log"));
                yield ExitCode.REFUSED;
            }
        };
    }

    private static int refused(Terminal terminal, Exception fault) {
        LOG.info("refused", fault);
        terminal.err().println(fault.getMessage());
        return ExitCode.REFUSED;
    }
}
