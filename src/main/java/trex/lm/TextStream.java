package trex.lm;

import java.util.Arrays;
import java.util.List;

/// The text of ids that arrive one at a time. What may still change is held back: half a character,
/// or the beginning of a text that ends the writing.
public final class TextStream {
    private static final char HALF_A_CHARACTER = '\ufffd';

    private final Tokenizer tokenizer;
    private final List<String> stops;
    private int[] ids = new int[16];
    private int count;
    private int told;
    private String text = "";
    private boolean ended;

    /// @param stops texts that end the writing and are not told themselves
    public TextStream(Tokenizer tokenizer, List<String> stops) {
        this.tokenizer = tokenizer;
        this.stops = stops.stream().filter(s -> !s.isEmpty()).toList();
    }

    /// @return the text that has become certain, perhaps none
    public String take(int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        ids[count++] = id;
        text = tokenizer.decode(Arrays.copyOf(ids, count));
        for (String stop : stops) {
            int at = text.indexOf(stop);
            if (at >= 0) {
                text = text.substring(0, at);
                ended = true;
            }
        }
        return tellUpTo(ended ? text.length() : certain());
    }

    /// @return what was held back, once no more ids come
    public String rest() {
        return tellUpTo(text.length());
    }

    /// Whether a stop has been met.
    public boolean ended() {
        return ended;
    }

    private String tellUpTo(int end) {
        String news = end > told ? text.substring(told, end) : "";
        told = Math.max(told, end);
        return news;
    }

    private int certain() {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == HALF_A_CHARACTER) {
            end--;
        }
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, text.length()); length > 0; length--) {
                if (text.endsWith(stop.substring(0, length))) {
                    end = Math.min(end, text.length() - length);
                    break;
                }
            }
        }
        return end;
    }
}
