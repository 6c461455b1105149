package trex.data.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import trex.model.Example;

/// Chooses rows by their embeddings.
final class Selection {
    private final List<Example> rows;
    private final List<float[]> vectors;

    /// @param rows in their seeded order
    /// @param vectors of length 1, of as many of the first rows as are looked at
    Selection(List<Example> rows, List<float[]> vectors) {
        this.rows = rows;
        this.vectors = vectors;
    }

    /// Greedy k-centre: the first row, then again and again the row whose nearest chosen one is the
    /// farthest; ties keep the order. At most twice as far from every row as the best choice.
    List<Example> spread(int count) {
        int most = Math.min(count, vectors.size());
        float[] nearest = new float[vectors.size()];
        Arrays.fill(nearest, Float.NEGATIVE_INFINITY);
        List<Example> chosen = new ArrayList<>(most);
        for (int next = 0; chosen.size() < most; next = farthest(nearest)) {
            chosen.add(rows.get(next));
            float[] centre = vectors.get(next);
            IntStream.range(0, nearest.length).parallel().forEach(i ->
                    nearest[i] = Math.max(nearest[i], Vectors.cosine(centre, vectors.get(i))));
            nearest[next] = Float.POSITIVE_INFINITY;
        }
        return chosen;
    }

    /// The rows that are at least so far from every earlier one that is taken.
    ///
    /// @param distance one minus the cosine
    List<Example> apart(double distance) {
        List<Example> taken = new ArrayList<>();
        List<float[]> theirs = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            float[] vector = vectors.get(i);
            if (theirs.stream().noneMatch(other -> 1 - Vectors.cosine(vector, other) < distance)) {
                taken.add(rows.get(i));
                theirs.add(vector);
            }
        }
        return taken;
    }

    private static int farthest(float[] nearest) {
        int farthest = 0;
        for (int i = 1; i < nearest.length; i++) {
            if (nearest[i] < nearest[farthest]) {
                farthest = i;
            }
        }
        return farthest;
    }
}
