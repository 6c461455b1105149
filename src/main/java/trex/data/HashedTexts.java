package trex.data;

import java.util.Arrays;

/// Texts that were seen, by 64 bits of each: among a million different ones the chance that two are
/// taken for the same is below one in ten million. 16 to 32 bytes a text.
final class HashedTexts {
    private static final long BASE = 0x9E3779B97F4A7C15L;

    private long[] slots = new long[1 << 10];
    private int size;

    /// A hash of a text; never 0.
    static long hash(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * BASE;
            hash ^= hash >>> 29;
        }
        return hash == 0 ? 1 : hash;
    }

    /// @return whether the text is new
    boolean add(long hash) {
        if (2 * size >= slots.length) {
            grow();
        }
        boolean added = put(hash);
        size += added ? 1 : 0;
        return added;
    }

    boolean has(long hash) {
        return slots[slot(hash)] == hash;
    }

    /// All hashes, ascending: equal sets have equal arrays.
    long[] sorted() {
        return Arrays.stream(slots).filter(hash -> hash != 0).sorted().toArray();
    }

    private boolean put(long hash) {
        int at = slot(hash);
        boolean added = slots[at] != hash;
        slots[at] = hash;
        return added;
    }

    /// Where the hash stands, or else would.
    private int slot(long hash) {
        int at = (int) (hash * BASE >>> 32) & slots.length - 1;
        while (slots[at] != 0 && slots[at] != hash) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[2 * before.length];
        Arrays.stream(before).filter(hash -> hash != 0).forEach(this::put);
    }
}
