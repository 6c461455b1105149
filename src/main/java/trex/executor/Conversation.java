package trex.executor;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import trex.executor.ModelProcess.Failed;
import trex.json.Json;

/// A conversation with a model that lives in another process.
public final class Conversation implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final List<ChatLine.Message> said = new ArrayList<>();

    private Conversation(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static Conversation begin(Process process) throws Failed, InterruptedException {
        Conversation conversation = new Conversation(process);
        try {
            conversation.listen(_ -> {});
            return conversation;
        } catch (Failed | InterruptedException e) {
            conversation.close();
            throw e;
        }
    }

    /// Asks, after all that was said before.
    ///
    /// @param piece hears the answer as it is written
    /// @throws Failed if the model cannot answer; the question then counts as not asked
    public Reply ask(String question, Consumer<String> piece) throws Failed, InterruptedException {
        said.add(new ChatLine.Message("user", question));
        StringBuilder answer = new StringBuilder();
        try {
            ModelProcess.send(process, new ChatLine.Ask(said));
            Reply reply = listen(text -> {
                answer.append(text);
                piece.accept(text);
            });
            said.add(new ChatLine.Message("assistant", answer.toString()));
            return reply;
        } catch (IOException e) {
            throw new Failed("The model's process has ended: " + ModelProcess.lastWords(process), e);
        } catch (Failed e) {
            said.removeLast();
            throw e;
        }
    }

    /// Forgets all that was said.
    public void begin() {
        said.clear();
    }

    private Reply listen(Consumer<String> piece) throws Failed, InterruptedException {
        try {
            while (true) {
                String line = answers.readLine();
                if (line == null) {
                    throw new Failed(ModelProcess.lastWords(process));
                }
                ChatLine.Answer answer = Json.mapper().readValue(line, ChatLine.Answer.class);
                if (answer.piece() != null) {
                    piece.accept(answer.piece());
                } else if (answer.reply() != null) {
                    return answer.reply();
                } else {
                    throw new Failed(String.valueOf(answer.refusal()));
                }
            }
        } catch (IOException e) {
            throw new Failed("The model's process cannot be understood: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly(); // a polite signal takes the library down beneath a computing thread
    }
}
