package trex.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Where the outputs of frozen lower layers lie, which are computed once a data set: nothing below
/// the lowest trained layer ever changes. A token's output depends on what stands before it alone,
/// so texts that begin alike have rows in common.
public final class LowerOutputs {
    private static final int ROOT = -1;
    private static final int UNKNOWN = -2;

    /// Open addressing: a parent's row and a token, and the row that belongs to them.
    private long[] keys = new long[1024];
    private int[] values = new int[1024];
    private int size;
    private final List<PackedBatch> parts = new ArrayList<>();

    private LowerOutputs() {
        Arrays.fill(values, UNKNOWN);
    }

    /// @param batches every text of the data set
    /// @param most most rows to be kept
    /// @return empty where there are more
    public static Optional<LowerOutputs> of(Iterator<PackedBatch> batches, long most) {
        LowerOutputs outputs = new LowerOutputs();
        while (batches.hasNext() && outputs.size <= most) {
            outputs.add(batches.next());
        }
        return outputs.size <= most ? Optional.of(outputs) : Optional.empty();
    }

    /// Of a batch's tokens only those that no earlier batch has become rows, in their order.
    private void add(PackedBatch batch) {
        int next = size;
        int[] rows = rows(batch, true);
        int[] fresh = new int[size - next];
        for (int t = 0, found = 0; found < fresh.length; t++) {
            if (rows[t] == next + found) {
                fresh[found++] = t;
            }
        }
        if (fresh.length > 0) {
            parts.add(new PackedBatch(batch.ids(), batch.positions(), batch.segments(), fresh, new int[fresh.length], new float[0]));
        }
    }

    /// Number of rows.
    public int size() {
        return size;
    }

    /// What is to be run through the lower layers: the outputs of its rows are the next ones.
    List<PackedBatch> parts() {
        return parts;
    }

    /// The row of each token of a batch; empty where one has none.
    int[] rows(PackedBatch batch) {
        return rows(batch, false);
    }

    private int[] rows(PackedBatch batch, boolean adds) {
        int[] rows = new int[batch.tokens()];
        for (Segment segment : batch.segments()) {
            int last = segment.parent() == Segment.NONE ? ROOT : rows[batch.segments().get(segment.parent()).end() - 1];
            for (int t = segment.start(); t < segment.end(); t++) {
                last = child(last, batch.ids()[t], adds);
                if (last == UNKNOWN) {
                    return new int[0];
                }
                rows[t] = last;
            }
        }
        return rows;
    }

    private int child(int parent, int id, boolean adds) {
        long key = ((long) parent + 1) << Integer.SIZE | id;
        int at = slot(key);
        if (values[at] == UNKNOWN && adds) {
            if (2 * size >= keys.length) {
                grow();
                at = slot(key);
            }
            keys[at] = key;
            values[at] = size++;
        }
        return values[at];
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 33) & keys.length - 1;
        while (values[at] != UNKNOWN && keys[at] != key) {
            at = at + 1 & keys.length - 1;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[keys.length];
        Arrays.fill(values, UNKNOWN);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != UNKNOWN) {
                int at = slot(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
