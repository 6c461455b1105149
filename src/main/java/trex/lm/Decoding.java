package trex.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.Arrays;
import java.util.List;
import trex.lm.graph.Graph;

/// Sequences that are being written together, one token each at a time, with the keys and values
/// of everything before in a cache. Not thread-safe; to be closed before its model.
public final class Decoding implements AutoCloseable {
    private static final String CACHES = "C[]";

    private final LanguageModel model;
    private final Graph graph;
    private final PtNDManager memory;
    private final int prefilled;
    private final int slots;
    private final NDList parameters;
    private NDList caches = new NDList();
    private NDArray logits;
    private int[] lengths;
    private int written;

    Decoding(LanguageModel model, Graph graph, PtNDManager parent, PackedBatch prompts, int[][] paths, int room,
            KnownPrefix prefix) {
        this.model = model;
        this.graph = graph;
        this.memory = (PtNDManager) parent.newSubManager(parent.getDevice());
        this.lengths = Arrays.stream(paths).mapToInt(p -> p.length).toArray();
        this.prefilled = Arrays.stream(lengths).max().orElseThrow();
        this.slots = prefilled + room;
        try {
            this.parameters = model.settledParameters(memory);
            createCaches();
            this.logits = prefill(prompts, paths, prefix);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    private void createCaches() {
        ModelConfig config = model.config();
        NDArray size = memory.create(new long[] {(long) lengths.length * config.keyValueHeads(), slots, config.headSize()});
        for (int i = 0; i < 2 * config.layers(); i++) {
            caches.add(cache(graph.call(memory, "empty_cache", new NDList(size)).singletonOrThrow()));
        }
    }

    private static NDArray cache(NDArray array) {
        array.setName(CACHES);
        return array;
    }

    private NDArray prefill(PackedBatch prompts, int[][] paths, KnownPrefix prefix) {
        long[] gathered = new long[paths.length * prefilled];
        for (int s = 0; s < paths.length; s++) {
            for (int i = 0; i < paths[s].length; i++) {
                gathered[s * prefilled + i] = paths[s][i];
            }
        }
        try (PtNDManager step = memory.newSubManager(memory.getDevice())) {
            NDList arguments = model.arguments(step, parameters, prompts, prefix.length());
            arguments.add(step.create(gathered, new Shape(paths.length, prefilled)));
            arguments.addAll(caches);
            arguments.addAll(prefix.keysAndValues());
            return graph.call(memory, "prefill", arguments).singletonOrThrow();
        }
    }

    /// Number of sequences.
    public int sequences() {
        return lengths.length;
    }

    /// Whether another token fits behind every sequence.
    public boolean hasRoom() {
        return prefilled + written < slots
                && Arrays.stream(lengths).max().orElse(0) + written < model.config().context();
    }

    /// For each sequence the most likely next token.
    public int[] mostLikely() {
        try (PtNDManager step = memory.newSubManager(memory.getDevice())) {
            long[] ids = graph.call(step, "largest", new NDList(logits)).singletonOrThrow().toLongArray();
            return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
        }
    }

    /// Logits of each sequence's next token, `[sequences * vocabulary]`.
    public float[] logits() {
        return model.device().floats(logits);
    }

    /// Writes one token behind each sequence.
    public void write(int... tokens) {
        if (tokens.length != lengths.length || !hasRoom()) {
            throw new IllegalStateException(tokens.length + " tokens for " + lengths.length + " sequences, room: " + hasRoom());
        }
        try (PtNDManager step = memory.newSubManager(memory.getDevice())) {
            NDList arguments = new NDList(parameters);
            arguments.add(step.create(NativeMemory.longs(tokens)));
            arguments.add(step.create(Arrays.stream(lengths).mapToLong(l -> l + written).toArray()));
            arguments.add(model.frequencies());
            arguments.add(step.create(
                    masks(), new Shape(model.config().kinds().size(), lengths.length, 1, 1, prefilled + written + 1)));
            arguments.addAll(caches);
            replaceLogits(graph.call(memory, "decode", arguments).singletonOrThrow());
        }
        written++;
    }

    /// A sequence sees its prompt and what was written, not the slots between them, and nothing
    /// that lies before the window of a kind of layer.
    private float[] masks() {
        int width = prefilled + written + 1;
        List<LayerKind> kinds = model.config().kinds();
        float[] masks = new float[kinds.size() * lengths.length * width];
        for (int kind = 0; kind < kinds.size(); kind++) {
            for (int s = 0; s < lengths.length; s++) {
                int row = (kind * lengths.length + s) * width;
                int window = kinds.get(kind).window();
                int before = window == 0 ? 0 : Math.max(0, lengths[s] + written + 1 - window);
                int ofWritten = Math.max(0, before - lengths[s]);
                Arrays.fill(masks, row, row + Math.min(before, lengths[s]), Float.NEGATIVE_INFINITY);
                Arrays.fill(masks, row + lengths[s], row + prefilled + ofWritten, Float.NEGATIVE_INFINITY);
            }
        }
        return masks;
    }

    private void replaceLogits(NDArray next) {
        logits.close();
        logits = next;
    }

    /// Goes on with some of the sequences only.
    ///
    /// @param sequences their indices, at least one
    public void keep(int... sequences) {
        int heads = model.config().keyValueHeads();
        long[] rows = new long[sequences.length * heads];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (long) sequences[i / heads] * heads + i % heads;
        }
        try (PtNDManager step = memory.newSubManager(memory.getDevice())) {
            NDList arguments = new NDList(caches);
            arguments.add(step.create(rows));
            NDList kept = graph.call(memory, "survivors", arguments);
            kept.forEach(Decoding::cache);
            caches.close();
            caches = kept;
            NDList chosen = new NDList(logits, step.create(NativeMemory.longs(sequences)));
            replaceLogits(graph.call(memory, "chosen_rows", chosen).singletonOrThrow());
        }
        lengths = Arrays.stream(sequences).map(s -> lengths[s]).toArray();
    }

    @Override
    public void close() {
        memory.close();
    }
}
