package trex.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trex.lm.PackedBatch;
import trex.lm.Segment;

/// Lays examples out as a tree of segments: what several begin with is computed once, and every
/// example attends to it. The gradient is that of the examples padded and apart, to rounding;
/// compare prefix grouping (arXiv 2506.05433) and prefix sharing (arXiv 2410.20305), which share
/// the prompt of one example's answers, where this shares whatever a batch has in common.
public final class Packing {
    /// A shorter common beginning is not worth a segment of its own.
    private static final int LEAST_SHARED = 8;

    private final List<Segment> segments = new ArrayList<>();
    private final List<Integer> ids = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private final Map<RowLabel, Integer> rows = new LinkedHashMap<>();
    private final Map<LabelledExample, int[]> rowsOf = new IdentityHashMap<>();

    private record RowLabel(int row, int label) {}

    private Packing() {}

    /// @param weight what each label's loss counts
    public static PackedBatch of(List<LabelledExample> examples, float weight) {
        double[] weights = new double[examples.size()];
        Arrays.fill(weights, weight);
        return sequences(examples).weighted(weights);
    }

    /// Lays examples out whose weights are not known yet.
    static PackedSequences sequences(List<LabelledExample> examples) {
        Packing packing = new Packing();
        List<LabelledExample> sorted = new ArrayList<>(examples);
        sorted.sort(Comparator.comparing(LabelledExample::ids, Arrays::compare));
        packing.place(sorted, 0, Segment.NONE, new int[0]);
        return packing.packed(examples);
    }

    /// Places examples that agree up to `from`.
    ///
    /// @param path batch indices of those agreed tokens
    private void place(List<LabelledExample> group, int from, int parent, int[] path) {
        if (group.size() == 1) {
            LabelledExample example = group.getFirst();
            label(example, extend(example, from, example.inputs(), parent, path));
            return;
        }
        int agreed = agreement(group);
        if (agreed - from >= LEAST_SHARED) {
            int[] shared = extend(group.getFirst(), from, agreed, parent, path);
            int segment = segments.size() - 1;
            for (List<LabelledExample> part : parts(group, agreed)) {
                place(part, agreed, segment, shared);
            }
        } else {
            for (List<LabelledExample> part : parts(group, agreed)) {
                place(part, from, parent, path);
            }
        }
    }

    /// Number of leading inputs that all of a sorted group have in common.
    private static int agreement(List<LabelledExample> group) {
        int[] first = group.getFirst().ids();
        int[] last = group.getLast().ids();
        int limit = group.stream().mapToInt(LabelledExample::inputs).min().orElseThrow();
        int difference = Arrays.mismatch(first, last);
        return difference < 0 ? limit : Math.min(limit, difference);
    }

    /// Runs of a sorted group that also agree in the token at `at`; an example whose inputs end
    /// there stands alone.
    private static List<List<LabelledExample>> parts(List<LabelledExample> group, int at) {
        List<List<LabelledExample>> parts = new ArrayList<>();
        for (LabelledExample example : group) {
            boolean joins = !parts.isEmpty()
                    && example.inputs() > at
                    && parts.getLast().getLast().inputs() > at
                    && parts.getLast().getLast().ids()[at] == example.ids()[at];
            if (!joins) {
                parts.add(new ArrayList<>());
            }
            parts.getLast().add(example);
        }
        return parts;
    }

    /// Appends tokens `from..to` of an example as a segment and returns the longer path.
    private int[] extend(LabelledExample example, int from, int to, int parent, int[] path) {
        if (to <= from) {
            return path; // all its inputs lie in what it shares
        }
        int start = ids.size();
        segments.add(new Segment(start, to - from, parent));
        int[] longer = Arrays.copyOf(path, to);
        for (int t = from; t < to; t++) {
            longer[t] = ids.size();
            ids.add(example.ids()[t]);
            positions.add(t);
        }
        return longer;
    }

    private void label(LabelledExample example, int[] path) {
        int[] own = new int[example.labels()];
        for (int t = example.firstLabel(); t < example.ids().length; t++) {
            RowLabel row = new RowLabel(path[t - 1], example.ids()[t]);
            rows.putIfAbsent(row, rows.size());
            own[t - example.firstLabel()] = rows.get(row);
        }
        rowsOf.put(example, own);
    }

    private PackedSequences packed(List<LabelledExample> examples) {
        PackedBatch batch = new PackedBatch(ints(ids), ints(positions), segments,
                rows.keySet().stream().mapToInt(RowLabel::row).toArray(),
                rows.keySet().stream().mapToInt(RowLabel::label).toArray(), new float[0]);
        return new PackedSequences(batch, examples.stream().map(rowsOf::get).toList());
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
