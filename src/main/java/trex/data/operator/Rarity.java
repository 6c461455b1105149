package trex.data.operator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import trex.data.NormalText;
import trex.model.Example;

/// How rare a prompt's words are among all: the mean of minus the logarithm of their relative
/// frequencies.
final class Rarity {
    private static final Pattern SPACE = Pattern.compile(" ");

    private final Map<String, Integer> counts = new HashMap<>();
    private long words;

    Rarity(List<Example> rows) {
        for (Example row : rows) {
            for (String word : words(row)) {
                counts.merge(word, 1, Integer::sum);
                words++;
            }
        }
    }

    double of(Example row) {
        String[] own = words(row);
        double sum = 0;
        for (String word : own) {
            sum -= Math.log(counts.getOrDefault(word, 1) / (double) words);
        }
        return sum / own.length;
    }

    private static String[] words(Example row) {
        return SPACE.split(NormalText.of(row.text()));
    }
}
