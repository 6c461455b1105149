package trex.data.operator;

import java.util.Arrays;
import trex.data.RollingHash;

/// What near duplicates are found by: a MinHash signature of a text's runs of five characters, in
/// which two texts agree in about the share of runs that they share of all.
///
/// One hash a run, its smallest value in each of 128 bins (Li et al. 2012, one permutation hashing);
/// an empty bin copies one drawn at random (Shrivastava 2017, optimal densification). Of each value
/// one byte is kept, so that unlike texts agree in 1/256 of the bins by chance.
public final class Sketch {
    /// Bytes of a signature.
    public static final int BINS = 128;

    private static final int RUN = 5;
    private static final double CHANCE = 1.0 / 256;

    private Sketch() {}

    /// @param text in the form of [trex.data.NormalText]
    public static byte[] of(String text) {
        long[] smallest = new long[BINS];
        Arrays.fill(smallest, Long.MAX_VALUE);
        for (long run : runs(text)) {
            int bin = (int) (run >>> 57);
            smallest[bin] = Math.min(smallest[bin], run & Long.MAX_VALUE >>> 6);
        }
        byte[] signature = new byte[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            signature[bin] = (byte) mix(smallest[filled(smallest, bin)] ^ bin);
        }
        return signature;
    }

    /// The shared part of two texts' runs, estimated; the standard error is at most 0.045.
    ///
    /// @param at where the second signature begins in `others`
    public static double similarity(byte[] one, byte[] others, int at) {
        int same = BINS;
        for (int i = 0; i < BINS; i++) {
            if (one[i] != others[at + i]) {
                same--;
            }
        }
        return Math.max(0, (same / (double) BINS - CHANCE) / (1 - CHANCE));
    }

    /// The shared part of two texts' different runs, counted.
    public static double similarity(String one, String other) {
        long[] a = Arrays.stream(runs(one)).sorted().distinct().toArray();
        long[] b = Arrays.stream(runs(other)).sorted().distinct().toArray();
        int same = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length;) {
            int order = Long.compare(a[i], b[j]);
            same += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return same / (double) (a.length + b.length - same);
    }

    /// A hash of every run; a shorter text is one run.
    private static long[] runs(String text) {
        if (text.isEmpty()) {
            return new long[] {0};
        }
        int length = Math.min(RUN, text.length());
        long[] runs = new long[text.length() - length + 1];
        for (RollingHash run = new RollingHash(text, length); run.next();) {
            runs[run.start()] = mix(run.hash());
        }
        return runs;
    }

    private static int filled(long[] smallest, int bin) {
        int at = bin;
        for (int attempt = 1; smallest[at] == Long.MAX_VALUE; attempt++) {
            at = (int) (mix(bin * 0x10001L + attempt) >>> 57);
        }
        return at;
    }

    /// Stafford's mixer 13, as in SplittableRandom.
    static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
