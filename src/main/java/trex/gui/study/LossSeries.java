package trex.gui.study;

import java.util.Arrays;

/// A run's loss by step, with a pyramid of minima and maxima: level `l` holds one pair for every
/// `2^l` steps, so that a pixel column costs a few reads however long the run is. One thread
/// appends while another draws.
public final class LossSeries {
    private static final int LEVELS = 22;
    private static final int FIRST_CAPACITY = 256;

    private final float[][] low = new float[LEVELS][];
    private final float[][] high = new float[LEVELS][];
    /// Sums of the first `i` values, for means over any stretch.
    private double[] sums = new double[FIRST_CAPACITY + 1];
    private int size;
    private float last = Float.NaN;

    /// Appends the value of `step`, which counts from 1. A step heard before is ignored, as when a
    /// run that was found again tells its story from the start; a gap, or a loss that is no finite
    /// number, repeats the value before it.
    public synchronized void put(int step, double loss) {
        if (step <= size) {
            return;
        }
        float value = Double.isFinite(loss) ? (float) loss : last;
        if (Float.isNaN(value)) {
            return;
        }
        float filler = Float.isNaN(last) ? value : last;
        while (size < step - 1) {
            append(filler);
        }
        append(value);
        last = value;
    }

    public synchronized int size() {
        return size;
    }

    /// The mean of the values at places `from` (included) to `to` (excluded).
    public synchronized double mean(int from, int to) {
        int a = Math.clamp(from, 0, size);
        int b = Math.clamp(to, a, size);
        return a == b ? Double.NaN : (sums[b] - sums[a]) / (b - a);
    }

    /// Smallest and largest value of each of `columns` equal stretches of the first `steps` places;
    /// returns how many columns have values.
    public synchronized int columns(int steps, int columns, float[] lows, float[] highs) {
        double per = (double) steps / columns;
        int level = Math.clamp((int) (Math.log(Math.max(per, 1)) / Math.log(2)) - 1, 0, LEVELS - 1);
        int filled = 0;
        for (int c = 0; c < columns; c++) {
            int from = (int) (c * per);
            int to = Math.min(size - 1, Math.max(from, (int) ((c + 1) * per) - 1));
            if (from >= size) {
                break;
            }
            extremes(level, from >> level, to >> level, c, lows, highs);
            filled = c + 1;
        }
        return filled;
    }

    private void extremes(int level, int from, int to, int column, float[] lows, float[] highs) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (int i = from; i <= to; i++) {
            min = Math.min(min, low[level][i]);
            max = Math.max(max, high[level][i]);
        }
        lows[column] = min;
        highs[column] = max;
    }

    private void append(float value) {
        if (size + 1 == sums.length) {
            sums = Arrays.copyOf(sums, sums.length * 2);
        }
        sums[size + 1] = sums[size] + value;
        for (int level = 0; level < LEVELS; level++) {
            int i = size >> level;
            reserve(level, i);
            low[level][i] = Math.min(low[level][i], value);
            high[level][i] = Math.max(high[level][i], value);
        }
        size++;
    }

    private void reserve(int level, int index) {
        int had = low[level] == null ? 0 : low[level].length;
        if (index >= had) {
            int wanted = had == 0 ? Math.max(1, FIRST_CAPACITY >> level) : had * 2;
            low[level] = grown(low[level], wanted, Float.POSITIVE_INFINITY);
            high[level] = grown(high[level], wanted, Float.NEGATIVE_INFINITY);
        }
    }

    private static float[] grown(float[] old, int size, float empty) {
        int had = old == null ? 0 : old.length;
        float[] grown = had == 0 ? new float[size] : Arrays.copyOf(old, size);
        Arrays.fill(grown, had, size, empty);
        return grown;
    }
}
