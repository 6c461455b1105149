package trex.lm;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import trex.model.Example;
import trex.model.Template;

/// Turns examples into token ids, the same way for training and for measuring.
///
/// A chat example is a user turn with the assistant's turn opened; its completion is the answer and
/// whatever the chat template puts after it (`<|im_end|>` and a new line). A plain example is the
/// prompt as it stands; its completion is the answer and the token that ends a text. Plain text is
/// an answer behind the token that begins a text, or that ends one where the model has no other.
public final class ExampleEncoder {
    private static final String PROBE = "answer";

    private final Tokenizer tokenizer;
    private final @Nullable ChatTemplate chat;
    private final int[] ending;
    private final String turnEnd;

    private ExampleEncoder(Tokenizer tokenizer, @Nullable ChatTemplate chat, String turnEnd, int[] ending) {
        this.tokenizer = tokenizer;
        this.chat = chat;
        this.turnEnd = turnEnd;
        this.ending = ending;
    }

    /// @throws UnreadableModel if the template wants chat turns and the model has no usable chat
    ///     template
    public static ExampleEncoder of(BaseModel model, Template template) throws UnreadableModel {
        if (!template.chat()) {
            return plain(model);
        }
        if (model.chat() == null) {
            throw new UnreadableModel("The mission asks for chat turns (template.chat), but the model has no chat template; "
                    + "set chat to false or choose an instruction-tuned model");
        }
        return chat(model, model.chat());
    }

    /// Of prompts as they stand.
    public static ExampleEncoder plain(BaseModel model) {
        Tokenizer tokenizer = model.tokenizer();
        return new ExampleEncoder(tokenizer, null, "", new int[] {tokenizer.endOfText()});
    }

    /// Of chat turns.
    ///
    /// @throws UnreadableModel if the template is not usable
    public static ExampleEncoder chat(BaseModel model, ChatTemplate chat) throws UnreadableModel {
        return new ExampleEncoder(model.tokenizer(), chat, turnEnd(chat), new int[0]);
    }

    /// What the template puts behind an answer.
    private static String turnEnd(ChatTemplate chat) throws UnreadableModel {
        ChatTemplate.Message question = new ChatTemplate.Message("user", "question");
        String open = chat.render(List.of(question), true);
        String closed = chat.render(List.of(question, new ChatTemplate.Message("assistant", PROBE)), false);
        if (!closed.startsWith(open + PROBE)) {
            throw new UnreadableModel("The model's chat template does not put an answer right behind the opened turn; "
                    + "set chat to false in the mission's template");
        }
        return closed.substring(open.length() + PROBE.length());
    }

    public TokenizedExample encode(Example example) {
        return new TokenizedExample(example.id(), prompt(example), completion(example.answer()));
    }

    /// The ids of what the model is given.
    public int[] prompt(Example example) {
        if (chat != null) {
            return tokenizer.encode(chat.prompt(example.system(), example.prompt()));
        }
        int[] text = tokenizer.encode(example.prompt());
        OptionalInt start = tokenizer.startOfText();
        if (text.length == 0 && start.isEmpty()) {
            return new int[] {tokenizer.endOfText()}; // what came before a text has ended
        }
        return start.isPresent() ? joined(new int[] {start.getAsInt()}, text) : text;
    }

    /// The ids of an answer with its end. The same after every prompt.
    public int[] completion(String answer) {
        return joined(tokenizer.encode(answer + turnEnd), ending);
    }

    /// The ids that end a written answer.
    public Set<Integer> stops() {
        int[] end = tokenizer.encode(turnEnd);
        return end.length == 0 ? Set.of(tokenizer.endOfText()) : Set.copyOf(List.of(tokenizer.endOfText(), end[0]));
    }

    private static int[] joined(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
