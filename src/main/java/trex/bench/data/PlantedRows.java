package trex.bench.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Rows with planted repeats: of ten, one repeats an earlier row and one does so with four words
/// changed (about nine tenths of its runs of five characters stay). The rest are of words drawn by
/// Zipf's law.
///
/// @param rows number of rows
/// @param characters length of a row's text, about
record PlantedRows(int rows, int characters) {
    private static final int VOCABULARY = 20_000;
    private static final int CHANGED = 4;

    /// What a row is.
    enum Kind {
        ORIGINAL,
        EXACT,
        NEAR
    }

    /// @param row 0-based
    static Kind kind(int row) {
        return switch (row % 10) {
            case 4 -> Kind.EXACT;
            case 8 -> Kind.NEAR;
            default -> Kind.ORIGINAL;
        };
    }

    /// Writes JSON Lines.
    void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (int row = 0; row < rows; row++) {
                out.write("{\"text\":\"" + text(row) + "\",\"label\":\"" + kind(earlier(row)).name() + "\"}\n");
            }
        }
    }

    private String text(int row) {
        String text = original(earlier(row));
        return kind(row) == Kind.NEAR ? changed(text, new Random(~row)) : text;
    }

    /// The original that a row repeats, or itself.
    private static int earlier(int row) {
        return kind(row) == Kind.ORIGINAL ? row : new Random(row).nextInt(row / 10 + 1) * 10;
    }

    private String original(int row) {
        Random random = new Random(row);
        StringBuilder text = new StringBuilder(characters + 16);
        while (text.length() < characters) {
            text.append(word(random)).append(' ');
        }
        return text.toString();
    }

    private static String changed(String text, Random random) {
        String[] words = text.split(" ", -1);
        for (int i = 0; i < CHANGED; i++) {
            words[random.nextInt(words.length)] = word(random);
        }
        return String.join(" ", words);
    }

    private static String word(Random random) {
        int rank = (int) Math.pow(VOCABULARY, random.nextDouble());
        StringBuilder word = new StringBuilder();
        long letters = rank * 0x9E3779B97F4A7C15L;
        int length = 2 + (int) (letters >>> 61);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + (letters >>> 8 + 5 * i & 31) % 26));
        }
        return word.toString();
    }
}
