package trex.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import trex.json.Json;
import trex.lm.BaseModel;
import trex.lm.Calibrator;
import trex.lm.ChatTemplate;
import trex.lm.ComputeDevice;
import trex.lm.ExampleEncoder;
import trex.lm.Generator;
import trex.lm.LanguageModel;
import trex.lm.Sampling;
import trex.lm.TextStream;
import trex.lm.UnreadableModel;
import trex.model.Checkpoint;
import trex.model.Example;
import trex.model.Precision;
import trex.training.CheckpointFiles;

/// Answers one line of questions after another until there are no more.
final class ChatWork {
    private final Path home;
    private final BufferedReader questions;
    private final PrintStream answers;

    ChatWork(Path home, BufferedReader questions, PrintStream answers) {
        this.home = home;
        this.questions = questions;
        this.answers = answers;
    }

    void carryOut(ChatRequest request) throws WorkFailed, IOException, UnreadableModel, InterruptedException {
        try (BaseModel base = new BaseModels(home).open(request.model().base());
                LanguageModel model = model(base, request.model().checkpoint())) {
            Speaker speaker = new Speaker(base, model, request.settings());
            say(new ChatLine.Answer(null, new Reply(0, false, 0), null)); // ready
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                say(speaker.answer(Json.mapper().readValue(line, ChatLine.Ask.class)));
            }
        }
    }

    private LanguageModel model(BaseModel base, @Nullable Checkpoint checkpoint)
            throws WorkFailed, IOException, UnreadableModel {
        if (checkpoint != null) {
            return CheckpointFiles.open(Export.whole(checkpoint), base.weights(), ComputeDevice.PROCESSOR);
        }
        Precision precision = new Calibrator(home).calibration().choose(Precision.AUTO, base.config()).precision();
        return LanguageModel.frozen(base.weights(), precision);
    }

    private void say(ChatLine.Answer answer) {
        try {
            answers.println(Json.mapper().writeValueAsString(answer));
            answers.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is text", e);
        }
    }

    /// Writes answers of one model.
    private final class Speaker {
        private final BaseModel base;
        private final LanguageModel model;
        private final ChatSettings settings;
        private final @Nullable ChatTemplate template;
        private final Set<Integer> ends;

        Speaker(BaseModel base, LanguageModel model, ChatSettings settings) throws UnreadableModel {
            this.base = base;
            this.model = model;
            this.settings = settings;
            this.template = settings.chat() ? base.chat() : null;
            this.ends = (template == null ? ExampleEncoder.plain(base) : ExampleEncoder.chat(base, template)).stops();
        }

        ChatLine.Answer answer(ChatLine.Ask ask) throws InterruptedException {
            int[] prompt = prompt(ask.messages());
            int context = model.config().context();
            if (prompt.length == 0 || prompt.length >= context) {
                return new ChatLine.Answer(null, null, prompt.length == 0
                        ? "There is nothing to continue."
                        : "The conversation has " + prompt.length + " tokens, the model's context has " + context
                                + "; begin a new one.");
            }
            return new ChatLine.Answer(null, write(prompt, Math.min(settings.room(), context - prompt.length)), null);
        }

        private Reply write(int[] prompt, int room) throws InterruptedException {
            long from = System.nanoTime();
            TextStream text = new TextStream(base.tokenizer(), settings.stops());
            int[] ids = new Generator(model, ends, sampling())
                    .write(List.of(prompt), room, (_, token) -> {
                        tell(text.take(token));
                        return !text.ended() && !answers.checkError(); // nobody listens any more
                    })
                    .getFirst();
            tell(text.rest());
            return new Reply(ids.length, ids.length == room && !text.ended(), (System.nanoTime() - from) / 1e9);
        }

        private void tell(String piece) {
            if (!piece.isEmpty()) {
                say(new ChatLine.Answer(piece, null, null));
            }
        }

        private Sampling sampling() {
            return settings.temperature() == 0
                    ? new Sampling.Greedy()
                    : new Sampling.Drawn(settings.temperature(), settings.topP(), settings.seed());
        }

        private int[] prompt(List<ChatLine.Message> said) {
            if (template == null) {
                return ExampleEncoder.plain(base).prompt(new Example("", null, said.getLast().text(), ""));
            }
            List<ChatTemplate.Message> messages = new ArrayList<>();
            if (settings.system() != null) {
                messages.add(new ChatTemplate.Message("system", settings.system()));
            }
            said.forEach(m -> messages.add(new ChatTemplate.Message(m.role(), m.text())));
            return base.tokenizer().encode(template.render(messages, true));
        }
    }
}
