package trex.bench.nano;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Learns a byte-level byte-pair encoding (Sennrich et al. 2016, arXiv 1508.07909; byte alphabet
/// of GPT-2): the most frequent neighbouring pair becomes a token, again and again. Digits stay
/// single. Ties go to the pair that sorts first, so that the same text gives the same tokenizer.
final class BytePairTrainer {
    static final String END = "<|endoftext|>";
    private static final Pattern WORD =
            Pattern.compile("\\p{N}|'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?[^\\s\\p{L}\\p{N}]+|\\s+");
    private final Map<String, Integer> words = new HashMap<>();

    void read(String text) {
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.merge(spelled(word.group()), 1, Integer::sum);
        }
    }

    /// @param vocabulary ids of the end token, the 256 bytes and the merges together, above 257
    Encoding learn(int vocabulary) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        ids.put(END, 0);
        for (int b = 0; b < 256; b++) {
            ids.put(String.valueOf(letter(b)), ids.size());
        }
        List<Word> left = new ArrayList<>(words.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> new Word(letters(e.getKey()), e.getValue()))
                .toList());
        List<Pair> merges = new ArrayList<>();
        while (ids.size() < vocabulary) {
            Pair best = mostFrequent(left);
            merges.add(best);
            ids.put(best.joined(), ids.size());
            left.replaceAll(word -> word.merged(best));
        }
        return new Encoding(ids, merges);
    }

    private static Pair mostFrequent(List<Word> words) {
        Map<Pair, Integer> counts = new HashMap<>();
        for (Word word : words) {
            for (int i = 1; i < word.parts().size(); i++) {
                counts.merge(new Pair(word.parts().get(i - 1), word.parts().get(i)), word.count(), Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .max(Map.Entry.<Pair, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.comparing(Pair::toString).reversed())))
                .orElseThrow(() -> new IllegalStateException("the text has no more pairs to merge"))
                .getKey();
    }

    private static List<String> letters(String word) {
        return word.chars().mapToObj(c -> String.valueOf((char) c)).toList();
    }

    private static String spelled(String text) {
        StringBuilder letters = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            letters.append(letter(b & 0xff));
        }
        return letters.toString();
    }

    /// GPT-2's printable letter for a byte: itself where it is printable, else one from U+0100 on.
    private static char letter(int b) {
        if (isPrintable(b)) {
            return (char) b;
        }
        int rank = 0;
        for (int other = 0; other < b; other++) {
            rank += isPrintable(other) ? 0 : 1;
        }
        return (char) (256 + rank);
    }

    private static boolean isPrintable(int b) {
        return (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || (b >= 0xae && b <= 0xff);
    }

    /// Two neighbouring tokens.
    record Pair(String left, String right) {
        String joined() {
            return left + right;
        }

        @Override
        public String toString() {
            return left + " " + right;
        }
    }

    /// @param ids every token's number
    /// @param merges in the order they were learned
    record Encoding(Map<String, Integer> ids, List<Pair> merges) {}

    private record Word(List<String> parts, int count) {
        Word merged(Pair pair) {
            List<String> merged = new ArrayList<>(parts.size());
            for (int i = 0; i < parts.size(); i++) {
                boolean here = i + 1 < parts.size()
                        && parts.get(i).equals(pair.left()) && parts.get(i + 1).equals(pair.right());
                merged.add(here ? pair.joined() : parts.get(i));
                i += here ? 1 : 0;
            }
            return merged.size() == parts.size() ? this : new Word(merged, count);
        }
    }
}
