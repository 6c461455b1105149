package trex.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trex.executor.ExportFormat;
import trex.executor.ExportRequest;
import trex.executor.ModelProcess;
import trex.executor.NodeModel;
import trex.loop.Studies;
import trex.report.ModelCard;

/// `trex export`: writes a node's model for other programs.
@Command(name = "export", description = {
        "Write a node's model as a new folder for other programs, with a model card.",
        "Formats: peft (adapters for the PEFT library), hf (a merged folder for transformers),",
        "gguf-f16 and gguf-q8_0 (one file for llama.cpp)."})
final class ExportCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "STUDY", description = "The study, as trex studies names it.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "NODE", description = "Number of the node, or best; 0 is the untouched model.")
    private String node = "";

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "The new folder.")
    private @Nullable Path target;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "hf", converter = Formats.class,
            description = "peft, hf, gguf-f16 or gguf-q8_0 (default: ${DEFAULT-VALUE}).")
    private ExportFormat format = ExportFormat.HUGGING_FACE;

    @Mixin private final HomeOption home = new HomeOption();

    ExportCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    /// Reads `--format`.
    static final class Formats implements CommandLine.ITypeConverter<ExportFormat> {
        @Override
        public ExportFormat convert(String value) {
            try {
                return ExportFormat.of(value);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public Integer call() throws Studies.Refused, ModelProcess.Failed, InterruptedException {
        Path folder = home.or(wiring.home());
        Path to = java.util.Objects.requireNonNull(target).toAbsolutePath().normalize();
        NodeModel choice;
        try (Studies studies = wiring.homes().open(folder)) {
            choice = NodeChoice.of(studies, new StudyChoice(studies, folder).named(id), node);
        }
        wiring.models(folder).export(new ExportRequest(choice.model(), choice.name(), format, to.toString(), card(choice)));
        terminal.out().println(to);
        return ExitCode.OK;
    }

    private String card(NodeModel choice) {
        return ModelCard.of(choice.study(), choice.node(), ModelProcess.licence(choice.model().base()), format.library());
    }
}
