package trex.data.operator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import trex.model.Example;

/// Copies prompts with some of their words left out or swapped with a neighbour. Words that all
/// prompts share are the template's and are never touched.
final class WordNoise {
    private static final Pattern WORD = Pattern.compile("\\S+");

    private final Set<String> shared;
    private final double rate;
    private final Random random;

    /// @param rows what the template's words are found in
    WordNoise(List<Example> rows, double rate, long seed) {
        this.shared = sharedWords(rows);
        this.rate = rate;
        this.random = new Random(seed);
    }

    /// @param copy 1-based; becomes a part of the copy's id
    Example copy(Example row, int copy) {
        return row.withId(row.id() + "~" + copy).withText(noisy(row.text()));
    }

    private String noisy(String prompt) {
        List<MatchResult> free = WORD.matcher(prompt).results().filter(w -> !shared.contains(w.group())).toList();
        int touched = (int) Math.round(rate * free.size());
        if (free.size() < 2 || touched == 0) {
            return prompt;
        }
        List<String> words = new ArrayList<>(free.stream().map(MatchResult::group).toList());
        for (int i = 0; i < touched; i++) {
            int at = random.nextInt(words.size() - 1);
            if (random.nextBoolean()) {
                Collections.swap(words, at, at + 1);
            } else if (words.stream().filter(w -> !w.isEmpty()).count() > 1) {
                words.set(at, "");
            }
        }
        return rebuilt(prompt, free, words);
    }

    /// The prompt with its free words replaced; a blank goes with a word that is left out.
    private static String rebuilt(String prompt, List<MatchResult> places, List<String> words) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int i = 0; i < places.size(); i++) {
            text.append(prompt, from, places.get(i).start()).append(words.get(i));
            from = places.get(i).end();
            if (words.get(i).isEmpty() && from < prompt.length() && prompt.charAt(from) == ' ') {
                from++;
            }
        }
        return text.append(prompt, from, prompt.length()).toString();
    }

    private static Set<String> sharedWords(List<Example> rows) {
        Set<String> shared = rows.size() < 2 ? new HashSet<>() : words(rows.getFirst());
        for (Example row : rows) {
            if (!shared.isEmpty()) {
                shared.retainAll(words(row));
            }
        }
        return shared;
    }

    private static Set<String> words(Example row) {
        Set<String> words = new HashSet<>();
        WORD.matcher(row.text()).results().forEach(w -> words.add(w.group()));
        return words;
    }
}
