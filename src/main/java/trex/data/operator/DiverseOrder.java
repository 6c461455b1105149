package trex.data.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import trex.data.NormalText;
import trex.model.Example;

/// Farthest-first order: each row is the one whose nearest neighbour among those before it is the
/// farthest. Likeness is that of [Sketch].
final class DiverseOrder {
    private static final int MOST = 10_000;

    private DiverseOrder() {}

    /// @param rows in their seeded order; the first stays first, ties keep the order
    static List<Example> of(List<Example> rows) {
        int count = Math.min(MOST, rows.size());
        Frame frame = Frame.of(rows);
        List<byte[]> signatures = rows.subList(0, count).parallelStream()
                .map(row -> Sketch.of(NormalText.of(frame.core(row.text()))))
                .toList();
        List<Example> ordered = new ArrayList<>(rows.size());
        double[] nearest = new double[count];
        Arrays.fill(nearest, -1);
        boolean[] taken = new boolean[count];
        for (int next = farthest(nearest, taken); next >= 0; next = farthest(nearest, taken)) {
            taken[next] = true;
            ordered.add(rows.get(next));
            byte[] last = signatures.get(next);
            IntStream.range(0, count).parallel().filter(i -> !taken[i]).forEach(i ->
                    nearest[i] = Math.max(nearest[i], Sketch.similarity(last, signatures.get(i), 0)));
        }
        ordered.addAll(rows.subList(count, rows.size()));
        return ordered;
    }

    /// The row that is left with the smallest likeness to any that is taken, or -1.
    private static int farthest(double[] nearest, boolean[] taken) {
        int farthest = -1;
        for (int i = 0; i < nearest.length; i++) {
            if (!taken[i] && (farthest < 0 || nearest[i] < nearest[farthest])) {
                farthest = i;
            }
        }
        return farthest;
    }
}
