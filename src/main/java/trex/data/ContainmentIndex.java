package trex.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/// Finds which of many patterns a text contains, in about one look-up a character.
///
/// Each pattern is filed under its rarest run of eight characters (a shorter pattern under all of
/// it), so that a text meets few patterns that it does not contain. An occurrence that would split
/// a number is none: "3 km" is not a part of "13 km".
final class ContainmentIndex {
    private static final int GRAM = 8;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int COUNTERS = 1 << 18;

    private final List<String> patterns;
    private final int[] anchor;
    private final long[] key;
    private final int[] next;
    private final int[] head;
    private final boolean[] lengthUsed = new boolean[GRAM + 1];

    /// @param patterns none empty
    ContainmentIndex(List<String> patterns) {
        this.patterns = patterns;
        int n = patterns.size();
        anchor = new int[n];
        key = new long[n];
        next = new int[n];
        head = new int[Integer.highestOneBit(Math.max(1, n)) * 4];
        Arrays.fill(head, -1);
        int[] counts = count(patterns);
        for (int i = 0; i < n; i++) {
            file(i, counts);
        }
    }

    /// Calls `found` with the number of every pattern that occurs in `text`, once an occurrence.
    void search(String text, IntConsumer found) {
        for (int length = 1; length <= GRAM; length++) {
            if (lengthUsed[length]) {
                search(text, length, found);
            }
        }
    }

    private void search(String text, int length, IntConsumer found) {
        for (RollingHash run = new RollingHash(text, length); run.next();) {
            meet(text, run.start(), tag(run.hash(), length), found);
        }
    }

    private void meet(String text, int at, long tagged, IntConsumer found) {
        for (int i = head[slot(tagged)]; i >= 0; i = next[i]) {
            int start = at - anchor[i];
            if (key[i] == tagged && start >= 0 && text.startsWith(patterns.get(i), start)
                    && !splitsNumber(text, start, start + patterns.get(i).length())) {
                found.accept(i);
            }
        }
    }

    private void file(int i, int[] counts) {
        String pattern = patterns.get(i);
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("pattern " + i + " is empty");
        }
        int length = Math.min(GRAM, pattern.length());
        lengthUsed[length] = true;
        int rarest = Integer.MAX_VALUE;
        for (RollingHash run = new RollingHash(pattern, length); run.next();) {
            int seen = counts[counter(run.hash())];
            if (seen < rarest) {
                rarest = seen;
                anchor[i] = run.start();
                key[i] = tag(run.hash(), length);
            }
        }
        next[i] = head[slot(key[i])];
        head[slot(key[i])] = i;
    }

    private static int[] count(List<String> patterns) {
        int[] counts = new int[COUNTERS];
        for (String pattern : patterns) {
            for (RollingHash run = new RollingHash(pattern, GRAM); run.next();) {
                counts[counter(run.hash())]++;
            }
        }
        return counts;
    }

    /// Whether one end of the range lies inside a number of `text`.
    static boolean splitsNumber(String text, int start, int end) {
        return insideNumber(text, start) || insideNumber(text, end);
    }

    private static boolean insideNumber(String text, int cut) {
        if (cut <= 0 || cut >= text.length()) {
            return false;
        }
        boolean before = digit(text, cut - 1) || (point(text, cut - 1) && digit(text, cut - 2));
        boolean after = digit(text, cut) || (point(text, cut) && digit(text, cut + 1));
        return before && after && (digit(text, cut - 1) || digit(text, cut));
    }

    private static boolean digit(String text, int at) {
        return at >= 0 && at < text.length() && Character.isDigit(text.charAt(at));
    }

    private static boolean point(String text, int at) {
        return text.charAt(at) == '.' || text.charAt(at) == ',';
    }

    private static long tag(long hash, int length) {
        return hash * 31 + length;
    }

    private int slot(long tagged) {
        return (int) ((tagged * SPREAD) >>> 40) & (head.length - 1);
    }

    private static int counter(long hash) {
        return (int) ((hash * SPREAD) >>> 40) & (COUNTERS - 1);
    }
}
