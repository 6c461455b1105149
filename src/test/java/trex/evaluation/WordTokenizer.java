package trex.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import trex.lm.Tokenizer;

/// Every word is a token, in the order of first sight; id 0 ends a text.
final class WordTokenizer implements Tokenizer {
    private final List<String> words = new ArrayList<>(List.of("<end>"));

    @Override
    public int vocabulary() {
        return 64;
    }

    @Override
    public int[] encode(String text) {
        return Arrays.stream(text.split(" ")).filter(w -> !w.isEmpty()).mapToInt(this::id).toArray();
    }

    private int id(String word) {
        if (!words.contains(word)) {
            words.add(word);
        }
        return words.indexOf(word);
    }

    @Override
    public String decode(int... ids) {
        return Arrays.stream(ids)
                .filter(id -> id != 0)
                .mapToObj(id -> id < words.size() ? words.get(id) : "word" + id)
                .collect(Collectors.joining(" "));
    }

    @Override
    public int endOfText() {
        return 0;
    }
}
