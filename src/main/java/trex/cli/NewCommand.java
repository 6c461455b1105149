package trex.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trex.loop.OwnData;
import trex.loop.Studies;
import trex.model.DataPreview;
import trex.model.MappingTrial;
import trex.model.Metric;
import trex.model.MissionDraft;
import trex.model.Template;

/// `trex new`: a mission from a bare data file.
@Command(name = "new", description = "Make a mission of your own data: propose a mapping, show what it makes, write the mission file.")
final class NewCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Parameters(paramLabel = "DATA", description = "A csv, tsv, jsonl, json, txt, text or parquet file, or a folder of them.")
    private Path data = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the mission (default: the file's).")
    private @Nullable String name;

    @Option(names = "--goal", paramLabel = "TEXT", description = "What you want, in words.")
    private @Nullable String goal;

    @Option(names = "--model", paramLabel = "MODEL", defaultValue = "smollm2-135m-instruct",
            description = "Base model: a name, or a path (default: ${DEFAULT-VALUE}).")
    private String model = "";

    @Option(names = "--test", paramLabel = "FILE",
            description = "Rows that are kept for the end (default: cut from the data).")
    private @Nullable Path test;

    @Option(names = "--held", paramLabel = "N",
            description = "Rows for each split that is cut from the data (default: a tenth, at most 200).")
    private @Nullable Integer held;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds at most (default: ${DEFAULT-VALUE}).")
    private int rounds = MissionDraft.USUAL_ROUNDS;

    @Option(names = "--minutes", paramLabel = "N",
            description = "Minutes of computing at most (default: ${DEFAULT-VALUE}).")
    private int minutes = (int) (MissionDraft.USUAL_SECONDS / 60);

    @Option(names = "--metric", paramLabel = "NAME", description = "What is measured (default: the proposed one).")
    private @Nullable String metric;

    @Mixin private final MappingOptions mapping = new MappingOptions();
    @Mixin private final HomeOption home = new HomeOption();

    NewCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused, InterruptedException {
        OwnData own = wiring.data(home.or(wiring.home())).open(data);
        DataPreview preview = own.preview();
        try {
            Template template = mapping.over(preview, model);
            MappingTrial trial = own.trial(template);
            Path written = own.write(draft(preview, template));
            tell(preview, trial, written);
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }

    private MissionDraft draft(DataPreview preview, Template template) {
        String called = name == null ? MissionDraft.name(preview.file()) : name;
        return new MissionDraft(called, goal == null ? "Answer as in " + data.getFileName() + "." : goal, model, template,
                metric == null ? metric(preview, template) : Metric.of(metric), test == null ? null : test.toString(),
                held == null ? MissionDraft.usuallyHeld(preview.rows()) : held, rounds, 60L * minutes);
    }

    /// The proposed one where it can be taken of the template, else the first that can.
    private static Metric metric(DataPreview preview, Template template) {
        DataPreview.Mapping proposed = preview.mapping();
        List<Metric> possible = Metric.of(template);
        return proposed != null && possible.contains(proposed.metric()) ? proposed.metric() : possible.getFirst();
    }

    private void tell(DataPreview preview, MappingTrial trial, Path written) {
        DataPreview.Mapping proposed = preview.mapping();
        terminal.out().println(String.format(Locale.ROOT, "%,d rows. %s", trial.rows(), proposed == null ? "" : proposed.reason()));
        if (!trial.answers().isEmpty()) {
            terminal.out().println("answers: " + trial.answers().entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue()).collect(Collectors.joining(", ")));
        }
        PreviewText.examples(trial.first()).forEach(terminal.out()::println);
        terminal.out().println();
        terminal.out().println("Mission written to " + written);
        terminal.out().println("Start it with: trex run --mission " + written + home.again());
    }

    /// What of the proposed mapping the person changes.
    static final class MappingOptions {
        @Option(names = "--prompt", paramLabel = "TEXT", description = "The prompt; {field} stands for a field of the row.")
        private @Nullable String prompt;

        @Option(names = "--answer", paramLabel = "TEXT", description = "The right answer, as {field}.")
        private @Nullable String answer;

        @Option(names = "--rejected", paramLabel = "TEXT", description = "A worse answer, as {field}.")
        private @Nullable String rejected;

        @Option(names = "--rating", paramLabel = "TEXT", description = "Whether the answer is a good one, as {field}.")
        private @Nullable String rating;

        @Option(names = "--system", paramLabel = "TEXT", description = "The system message.")
        private @Nullable String system;

        @Option(names = "--label", paramLabel = "VALUE=WORD",
                description = "The word that the model shall say for a value of the file; may be given several times.")
        private Map<String, String> labels = new LinkedHashMap<>();

        @Option(names = "--free", description = "Answers are free text, not one of a few.")
        private boolean free;

        @Option(names = "--no-chat", description = "Do not wrap prompts in the model's chat form.")
        private boolean noChat;

        /// @throws Studies.Refused where neither the options nor a proposal say what is asked and answered
        Template over(DataPreview preview, String model) throws Studies.Refused {
            DataPreview.Mapping mapping = preview.mapping();
            Template proposed = mapping == null ? null : mapping.template();
            String asked = prompt != null ? prompt : proposed == null ? null : proposed.prompt();
            String answered = answer != null ? answer : proposed == null ? null : proposed.answer();
            if (asked == null || answered == null) {
                throw new Studies.Refused("No mapping suggests itself: name the fields with --prompt and --answer; "
                        + preview.file() + " has " + preview.fields().stream().map(f -> "{" + f.name() + "}")
                                .collect(Collectors.joining(", ")));
            }
            Template kept = proposed != null && answered.equals(proposed.answer()) ? proposed : null;
            String worse = rejected != null ? rejected : kept == null || rating != null ? null : kept.rejected();
            String rated = rating != null ? rating : kept == null || rejected != null ? null : kept.rating();
            boolean plain = asked.isBlank();
            boolean open = free || plain || worse != null || rated != null;
            List<String> classes = open ? List.of() : preview.classes(answered, labels);
            return new Template(system != null ? system : proposed == null ? null : proposed.system(),
                    prompt != null ? prompt : MissionDraft.listing(asked, classes), answered, labels, classes,
                    !plain && !noChat && MissionDraft.usuallyChats(model), worse, rated);
        }
    }
}
