package trex.data;

/// Hashes of all runs of one length in a text, one after the other in a step each: a polynomial in
/// the characters, so that equal runs have equal hashes wherever they stand.
public final class RollingHash {
    private static final long BASE = 0x9E3779B97F4A7C15L;

    private final String text;
    private final int length;
    private final long top;
    private int end;
    private long hash;

    /// @param length characters of a run, at least 1
    public RollingHash(String text, int length) {
        this.text = text;
        this.length = length;
        this.top = power(length - 1);
    }

    /// Goes on to the next run.
    ///
    /// @return whether there is one
    public boolean next() {
        do {
            if (end == text.length()) {
                return false;
            }
            if (end >= length) {
                hash -= top * text.charAt(end - length);
            }
            hash = hash * BASE + text.charAt(end);
            end++;
        } while (end < length);
        return true;
    }

    /// Where the run begins.
    public int start() {
        return end - length;
    }

    public long hash() {
        return hash;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= BASE;
        }
        return power;
    }
}
