package trex.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trex.executor.ChatSettings;
import trex.executor.Conversation;
import trex.executor.ModelProcess;
import trex.executor.Reply;
import trex.executor.TunedModel;
import trex.loop.Studies;

/// `trex chat`: speaks with a model, which lives in a process of its own.
@Command(name = "chat", description = {
        "Speak with a base model or with what a study made of it. Answers appear as they are written.",
        "Empty line or end of input: leave. /new: forget what was said."})
final class ChatCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "MODEL_OR_NODE",
            description = "A name of the catalogue, a path, or STUDY/NODE, where NODE is a number or best.")
    private String what = "";

    @Option(names = "--ask", paramLabel = "TEXT", description = "Ask this, print the answer and leave.")
    private @Nullable String question;

    @Option(names = "--system", paramLabel = "TEXT", description = "What the conversation begins with.")
    private @Nullable String system;

    @Option(names = "--plain", description = "Continue texts as they stand, without the model's chat template.")
    private boolean plain;

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "0",
            description = "0 writes the most likely token each time; higher is freer (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(names = "--top-p", paramLabel = "P", defaultValue = "1",
            description = "Draw only from the likeliest tokens that make up this share (default: ${DEFAULT-VALUE}).")
    private double topP;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "The same seed draws the same answer (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--max-tokens", paramLabel = "N", defaultValue = "256",
            description = "Longest answer (default: ${DEFAULT-VALUE}).")
    private int room;

    @Option(names = "--stop", paramLabel = "TEXT", description = "End an answer before this text; may be repeated.")
    private List<String> stops = new ArrayList<>();

    @Mixin private final HomeOption home = new HomeOption();

    ChatCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused, ModelProcess.Failed, InterruptedException {
        ChatSettings how = settings();
        Path folder = home.or(wiring.home());
        ModelProcess models = wiring.models(folder);
        TunedModel model = model(folder, models);
        try (Conversation conversation = models.converse(model, how)) {
            if (question != null) {
                answer(conversation, question);
            } else {
                converse(conversation);
            }
        }
        return ExitCode.OK;
    }

    private ChatSettings settings() throws Studies.Refused {
        try {
            return new ChatSettings(system, !plain, temperature, topP, seed, room, stops);
        } catch (IllegalArgumentException e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }

    private TunedModel model(Path folder, ModelProcess models)
            throws Studies.Refused, ModelProcess.Failed, InterruptedException {
        int slash = what.lastIndexOf('/');
        if (slash > 0 && !java.nio.file.Files.exists(Path.of(what))) {
            try (Studies studies = wiring.homes().open(folder)) {
                return NodeChoice.of(studies, new StudyChoice(studies, folder).named(what.substring(0, slash)),
                        what.substring(slash + 1)).model();
            }
        }
        return new TunedModel(models.find(what, terminal.err()::println), null);
    }

    private void converse(Conversation conversation) throws ModelProcess.Failed, InterruptedException {
        for (Optional<String> line = next(); line.isPresent() && !line.get().isBlank(); line = next()) {
            if (line.get().strip().equals("/new")) {
                conversation.begin();
            } else {
                answer(conversation, line.get());
            }
        }
    }

    private Optional<String> next() throws InterruptedException {
        terminal.err().print("> ");
        terminal.err().flush();
        return terminal.typed().line();
    }

    private void answer(Conversation conversation, String text) throws ModelProcess.Failed, InterruptedException {
        Reply reply = conversation.ask(text, piece -> {
            terminal.out().print(piece);
            terminal.out().flush();
        });
        terminal.out().println();
        terminal.err().printf(Locale.ROOT, "[%d tokens, %.1f a second%s]%n", reply.tokens(),
                reply.tokens() / Math.max(reply.seconds(), 1e-9), reply.cut() ? ", cut: see --max-tokens" : "");
    }
}
