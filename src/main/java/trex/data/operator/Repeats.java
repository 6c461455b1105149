package trex.data.operator;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// How much a text repeats itself.
final class Repeats {
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int RUN = 3;

    private Repeats() {}

    /// Share of the runs of three words that stand earlier in the text too; 0 for texts of fewer words.
    ///
    /// @param text in the form of [trex.data.NormalText]
    static double share(String text) {
        List<String> words = Arrays.asList(SPACE.split(text));
        int runs = words.size() - RUN + 1;
        if (runs < 2) {
            return 0;
        }
        Set<List<String>> different = new HashSet<>();
        for (int at = 0; at < runs; at++) {
            different.add(words.subList(at, at + RUN));
        }
        return 1 - different.size() / (double) runs;
    }
}
