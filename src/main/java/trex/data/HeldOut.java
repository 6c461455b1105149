package trex.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import trex.data.operator.Frame;
import trex.data.operator.NearIndex;
import trex.data.operator.Sketch;
import trex.model.Example;
import trex.model.SealedSplits;

/// What is known of validation and test rows without opening them: hashes, by which a row that was
/// written anew can be kept apart from them. Made when the splits are cut, kept beside them.
///
/// A row touches them where it is nearly one of them, contains a short one, stands in one, or shares
/// a run of eight words with one.
public final class HeldOut {
    private static final String FORM = "trex held-out 1";
    private static final double NEAR = 0.8;
    private static final int RUN = 8;
    /// Longer rows are no longer told by runs of fewer words, which are common speech.
    private static final int SHORT = 40;

    private final String prefix;
    private final String suffix;
    private final List<byte[]> sketches;
    private final HashedTexts runs;
    private final HashedTexts wholes;
    private final NearIndex near = new NearIndex(NEAR);

    private HeldOut(String prefix, String suffix, List<byte[]> sketches, HashedTexts runs, HashedTexts wholes) {
        this.prefix = prefix;
        this.suffix = suffix;
        this.sketches = sketches;
        this.runs = runs;
        this.wholes = wholes;
        sketches.forEach(near::add);
    }

    /// @param rows validation and test rows
    /// @param train training rows, from which the template's own words are told
    static HeldOut of(List<Example> rows, List<Example> train) {
        String first = train.getFirst().text();
        Frame frame = Frame.of(train).atWords(first);
        HeldOut made = new HeldOut(NormalText.of(first.substring(0, frame.prefix())),
                NormalText.of(first.substring(first.length() - frame.suffix())), new ArrayList<>(), new HashedTexts(), new HashedTexts());
        for (Example row : rows) {
            made.add(made.core(row.text()));
        }
        return made;
    }

    private void add(String core) {
        List<String> words = words(core);
        if (words.isEmpty()) {
            return;
        }
        sketches.add(Sketch.of(core));
        near.add(sketches.getLast());
        int shortest = words.size() <= SHORT ? 1 : RUN;
        for (int length = shortest; length <= Math.min(RUN, words.size()); length++) {
            for (int at = 0; at + length <= words.size(); at++) {
                runs.add(hash(words.subList(at, at + length)));
            }
        }
        if (words.size() < RUN) {
            wholes.add(hash(words));
        }
    }

    /// Whether a text is nearly a held-out row, contains one, or stands in one.
    public boolean touches(String text) {
        String core = core(text);
        return near.anyNear(Sketch.of(core)) || sharesWords(words(core));
    }

    private boolean sharesWords(List<String> words) {
        for (int at = 0; at < words.size(); at++) {
            for (int length = 1; length < RUN && at + length <= words.size(); length++) {
                if (wholes.has(hash(words.subList(at, at + length)))) {
                    return true;
                }
            }
            if (at + RUN <= words.size() && runs.has(hash(words.subList(at, at + RUN)))) {
                return true;
            }
        }
        return !words.isEmpty() && words.size() < RUN && runs.has(hash(words));
    }

    private String core(String text) {
        String core = NormalText.of(text);
        if (core.startsWith(prefix)) {
            core = core.substring(prefix.length());
        }
        return (core.endsWith(suffix) ? core.substring(0, core.length() - suffix.length()) : core).strip();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\p{N}]+", -1)).filter(word -> !word.isEmpty()).toList();
    }

    private static long hash(List<String> words) {
        return HashedTexts.hash(String.join(" ", words));
    }

    /// Writes the file beside the splits whole or not at all.
    void write(SealedSplits splits) throws IOException {
        WholeFile.write(file(splits), file -> {
            DataOutputStream out = new DataOutputStream(file);
            for (String text : List.of(FORM, splits.validation().sha256(), splits.test().sha256(), prefix, suffix)) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            out.writeInt(sketches.size());
            for (byte[] sketch : sketches) {
                out.write(sketch);
            }
            write(out, runs);
            write(out, wholes);
        });
    }

    /// Sorted: equal splits have equal files.
    private static void write(DataOutputStream out, HashedTexts hashes) throws IOException {
        long[] sorted = hashes.sorted();
        out.writeInt(sorted.length);
        for (long hash : sorted) {
            out.writeLong(hash);
        }
    }

    /// What is kept beside sealed splits; nothing beside splits of older versions.
    ///
    /// @throws BrokenData where it belongs to other splits, or is damaged
    public static Optional<HeldOut> of(SealedSplits splits) throws BrokenData {
        Path file = file(splits);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (!text(in).equals(FORM) || !text(in).equals(splits.validation().sha256())
                    || !text(in).equals(splits.test().sha256())) {
                throw new BrokenData(file + " belongs to other splits; start a new study");
            }
            String prefix = text(in);
            String suffix = text(in);
            List<byte[]> sketches = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                sketches.add(in.readNBytes(Sketch.BINS));
            }
            return Optional.of(new HeldOut(prefix, suffix, sketches, hashes(in), hashes(in)));
        } catch (IOException e) {
            throw new BrokenData(file + " cannot be read: " + e.getMessage() + "; start a new study", e);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(Math.clamp(in.readInt(), 0, 1 << 20)), StandardCharsets.UTF_8);
    }

    private static HashedTexts hashes(DataInputStream in) throws IOException {
        HashedTexts hashes = new HashedTexts();
        for (int left = in.readInt(); left > 0; left--) {
            hashes.add(in.readLong());
        }
        return hashes;
    }

    private static Path file(SealedSplits splits) {
        return Path.of(splits.test().path()).resolveSibling("held-out.bin");
    }
}
