package trex.data.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import trex.data.NormalText;
import trex.model.DataOperator;
import trex.model.Example;

/// Embeddings of texts without a model: words and pairs of words, each weighted by how often the
/// text has it and by how few texts do (Salton and Buckley 1988), added with a sign to one of 128
/// places that its hash names (Weinberger et al. 2009, arXiv 0902.2206).
final class HashedWords {
    /// Length of a vector. Two unlike texts have a cosine of 0 with a standard deviation of 0.09.
    static final int PLACES = 128;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final Map<String, Integer> textsWith = new HashMap<>();
    private final int texts;

    private HashedWords(List<Map<String, Integer>> counted) {
        texts = counted.size();
        counted.forEach(terms -> terms.keySet().forEach(term -> textsWith.merge(term, 1, Integer::sum)));
    }

    /// A vector of length 1 for each of the first [DataOperator.SelectDiverse#POOL] rows; 0 for a text
    /// without words of its own.
    static List<float[]> of(List<Example> rows) {
        List<Example> pool = rows.subList(0, Math.min(DataOperator.SelectDiverse.POOL, rows.size()));
        Frame frame = Frame.of(rows);
        List<Map<String, Integer>> counted =
                pool.parallelStream().map(row -> terms(NormalText.of(frame.core(row.text())))).toList();
        HashedWords words = new HashedWords(counted);
        return counted.parallelStream().map(words::vector).toList();
    }

    private static Map<String, Integer> terms(String text) {
        List<String> words = new ArrayList<>();
        WORD.matcher(text).results().forEach(word -> words.add(word.group()));
        Map<String, Integer> terms = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            terms.merge(words.get(i), 1, Integer::sum);
            if (i > 0) {
                terms.merge(words.get(i - 1) + ' ' + words.get(i), 1, Integer::sum);
            }
        }
        return terms;
    }

    /// The order in which terms are added decides the last bits of a sum, so they are sorted.
    private float[] vector(Map<String, Integer> terms) {
        double[] sums = new double[PLACES];
        for (String term : terms.keySet().stream().sorted().toList()) {
            long hash = hash(term);
            double weight = (1 + Math.log(terms.getOrDefault(term, 1))) * rarity(term);
            sums[(int) (hash >>> 57)] += (hash & 1) == 0 ? weight : -weight;
        }
        return Vectors.ofLengthOne(sums);
    }

    /// At least 1: what most texts are about makes them alike too.
    private double rarity(String term) {
        return 1 + Math.log((1.0 + texts) / (1 + textsWith.getOrDefault(term, 0)));
    }

    /// FNV-1a over characters, mixed.
    private static long hash(String term) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < term.length(); i++) {
            hash = (hash ^ term.charAt(i)) * 0x100000001B3L;
        }
        return Sketch.mix(hash);
    }
}
