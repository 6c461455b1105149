package trex.executor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines between the terminal's process and the one that writes.
final class ChatLine {
    private ChatLine() {}

    /// @param role `user` or `assistant`
    record Message(String role, String text) {}

    /// To the writing process: all that was said, the person's text last.
    record Ask(List<Message> messages) {}

    /// From it. Pieces of text come first, then one line with an ending or a refusal.
    ///
    /// @param piece text, or null
    /// @param reply how the answer ended, or null
    /// @param refusal a sentence, or null
    record Answer(@Nullable String piece, @Nullable Reply reply, @Nullable String refusal) {}
}
