package trex.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The distinct texts of a set of rows, and which of them are parts of one another or of texts
/// outside the set.
final class Overlap {
    private final List<String> texts;
    private final ContainmentIndex index;

    Overlap(List<TextExample> rows) {
        Map<String, Boolean> distinct = new LinkedHashMap<>();
        rows.forEach(row -> distinct.put(row.text(), true));
        distinct.remove("");
        texts = new ArrayList<>(distinct.keySet());
        index = new ContainmentIndex(texts);
    }

    /// The rows of `rows` (the set itself, or a part of it) that do not equal, contain or stand in
    /// a text of `others`.
    List<TextExample> apart(List<TextExample> rows, List<TextExample> others) {
        Map<String, Boolean> touched = new HashMap<>();
        for (TextExample other : others) {
            index.search(other.text(), i -> touched.put(texts.get(i), true));
        }
        Overlap outside = new Overlap(others);
        return rows.stream()
                .filter(row -> !touched.containsKey(row.text()) && !outside.standsIn(row.text()))
                .toList();
    }

    /// Whether one of the set's texts equals `text` or is a part of it.
    private boolean standsIn(String text) {
        boolean[] found = new boolean[1];
        index.search(text, i -> found[0] = true);
        return found[0];
    }

    /// The texts that no other text of the set contains, with the number of texts that each
    /// contains: 0 for one that stands alone.
    Map<String, Integer> whole() {
        int[] parts = new int[texts.size()];
        boolean[] isPart = new boolean[texts.size()];
        for (int t = 0; t < texts.size(); t++) {
            int text = t;
            index.search(texts.get(t), i -> {
                if (i != text) {
                    isPart[i] = true;
                    parts[text]++;
                }
            });
        }
        Map<String, Integer> whole = new LinkedHashMap<>();
        for (int t = 0; t < texts.size(); t++) {
            if (!isPart[t]) {
                whole.put(texts.get(t), parts[t]);
            }
        }
        return whole;
    }
}
