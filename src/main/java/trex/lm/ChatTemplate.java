package trex.lm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renders a conversation the way the model was trained to read it.
public interface ChatTemplate {
    /// @param openAnswer whether the assistant's turn is opened at the end
    String render(List<Message> messages, boolean openAnswer);

    /// @param role `system`, `user` or `assistant`
    record Message(String role, String content) {}

    /// The prompt of a single user turn with the assistant's turn opened.
    default String prompt(@Nullable String system, String user) {
        Message turn = new Message("user", user);
        return render(system == null ? List.of(turn) : List.of(new Message("system", system), turn), true);
    }
}
