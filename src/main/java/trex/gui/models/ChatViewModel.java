package trex.gui.models;

import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import trex.gui.dialog.Background;
import trex.gui.text.Texts;

/// A conversation with a model: what was said, and what is being typed.
public final class ChatViewModel {
    private final Background background;
    private final Texts texts = Texts.beside(ChatViewModel.class);
    private final ReadOnlyStringWrapper transcript = new ReadOnlyStringWrapper("");
    private final StringProperty question = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper state = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(true);
    private Models.@Nullable Talk talk;
    private boolean closed;

    /// @param loading makes the talk; runs off the screen's thread
    public ChatViewModel(Background background, Callable<Models.Talk> loading) {
        this.background = background;
        state.set(texts.get("chat.loading"));
        background.call(loading, this::begin, state::set);
    }

    public ReadOnlyStringProperty transcriptProperty() {
        return transcript.getReadOnlyProperty();
    }

    /// What the person types.
    public StringProperty questionProperty() {
        return question;
    }

    /// What goes on, or what went wrong, in a sentence; empty while the model waits for a question.
    public ReadOnlyStringProperty stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Whether no question can be asked now.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Asks what is typed. A question that fails stays in the field.
    public void ask() {
        Models.Talk model = talk;
        String asked = question.get().strip();
        if (model == null || busy.get() || asked.isEmpty()) {
            return;
        }
        busy.set(true);
        state.set(texts.get("chat.writing"));
        say(texts.get("chat.you", asked));
        question.set("");
        background.call(() -> {
            model.ask(asked, piece -> background.show(() -> say(piece)));
            return asked;
        }, _ -> answered(""), sentence -> {
            question.set(asked);
            answered(sentence);
        });
    }

    /// Lets the model go.
    public void close() {
        closed = true;
        if (talk != null) {
            talk.close();
        }
    }

    private void begin(Models.Talk loaded) {
        talk = loaded;
        if (closed) {
            loaded.close();
            return;
        }
        state.set("");
        busy.set(false);
    }

    private void answered(String sentence) {
        say("\n\n");
        state.set(sentence);
        busy.set(false);
    }

    private void say(String text) {
        transcript.set(transcript.get() + text);
    }
}
