package trex.data.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Finds earlier texts whose signatures promise a similarity: locality-sensitive hashing in bands
/// (Leskovec et al., Mining of Massive Datasets, chapter 3). Bands are as narrow as it takes to
/// meet 95 of 100 pairs that are just similar enough; more similar ones are missed far more rarely.
///
/// About 300 bytes a text, plus those of the bands' tables.
public final class NearIndex {
    private static final double RECALL = 0.95;
    private static final int WIDEST = 8;
    private static final int MOST_MET = 64;
    private static final int BLOCK = 1 << 13;

    private final double similarity;
    private final int width;
    private final List<Band> bands = new ArrayList<>();
    private final List<byte[]> blocks = new ArrayList<>();
    private int size;

    /// @param similarity above 0, at most 1
    public NearIndex(double similarity) {
        this.similarity = similarity;
        width = width(similarity);
        for (int at = 0; at + width <= Sketch.BINS; at += width) {
            bands.add(new Band(at));
        }
    }

    /// The widest band that still finds what it should.
    static int width(double similarity) {
        int width = WIDEST;
        while (width > 1 && 1 - Math.pow(1 - Math.pow(similarity, width), Sketch.BINS / width) < RECALL) {
            width--;
        }
        return width;
    }

    /// Whether `same` accepts one of the texts that may be similar. Of those that agree in a band the
    /// latest 64 are asked about.
    ///
    /// @param same asked with numbers of earlier texts, perhaps repeatedly
    public boolean any(byte[] signature, IntPredicate same) {
        for (Band band : bands) {
            if (band.meets(signature, same)) {
                return true;
            }
        }
        return false;
    }

    /// Whether one of the texts is as similar as the index is made for, as far as signatures tell.
    public boolean anyNear(byte[] signature) {
        return any(signature, earlier -> similarity(signature, earlier) >= similarity);
    }

    /// Adds a text; its number is that of texts added before it.
    public int add(byte[] signature) {
        if (size % BLOCK == 0) {
            blocks.add(new byte[BLOCK * Sketch.BINS]);
        }
        System.arraycopy(signature, 0, block(size), offset(size), Sketch.BINS);
        bands.forEach(Band::file);
        return size++;
    }

    /// The estimated similarity to an earlier text.
    public double similarity(byte[] signature, int earlier) {
        return Sketch.similarity(signature, block(earlier), offset(earlier));
    }

    private byte[] block(int text) {
        return blocks.get(text / BLOCK);
    }

    private static int offset(int text) {
        return text % BLOCK * Sketch.BINS;
    }

    private long key(byte[] signatures, int at) {
        long key = 0;
        for (int i = 0; i < width; i++) {
            key = key << 8 | signatures[at + i] & 0xFF;
        }
        return key;
    }

    /// Texts by a part of their signatures.
    private final class Band {
        private final int from;
        private int[] heads = new int[1 << 10];
        private int[] next = new int[1 << 9];

        Band(int from) {
            this.from = from;
        }

        boolean meets(byte[] signature, IntPredicate same) {
            long key = key(signature, from);
            int met = 0;
            for (int text = heads[slot(key)] - 1; text >= 0 && met < MOST_MET; text = next[text] - 1) {
                if (key(block(text), offset(text) + from) == key) {
                    met++;
                    if (same.test(text)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /// Files the text that is just being added.
        void file() {
            if (size == next.length) {
                next = java.util.Arrays.copyOf(next, 2 * size);
                heads = new int[2 * heads.length];
                for (int text = 0; text < size; text++) {
                    file(text);
                }
            }
            file(size);
        }

        private void file(int text) {
            int slot = slot(key(block(text), offset(text) + from));
            next[text] = heads[slot];
            heads[slot] = text + 1;
        }

        private int slot(long key) {
            return (int) (key * 0x9E3779B97F4A7C15L >>> 33) & heads.length - 1;
        }
    }
}
