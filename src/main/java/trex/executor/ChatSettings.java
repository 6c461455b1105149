package trex.executor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a model writes.
///
/// @param system what the conversation begins with, or null for the model's own default
/// @param chat whether turns go through the model's chat template; else each text is continued
/// @param temperature 0 takes the most likely token each time
/// @param topP share of the probability that is drawn from, above 0, at most 1
/// @param room most tokens of an answer, at least 1
/// @param stops texts that end an answer
public record ChatSettings(
        @Nullable String system, boolean chat, double temperature, double topP, long seed, int room, List<String> stops) {
    public ChatSettings {
        stops = List.copyOf(stops);
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the temperature must be at least 0, got " + temperature);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p must be above 0 and at most 1, got " + topP);
        }
        if (room < 1) {
            throw new IllegalArgumentException("an answer needs at least 1 token, got " + room);
        }
    }
}
