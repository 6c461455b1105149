package trex.lm;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.Arrays;

/// What all texts of a data set begin with, run through a model once, as it is now: texts that are
/// measured behind it need only what follows. To be closed before its model.
public final class KnownPrefix implements AutoCloseable {
    private final PtNDManager memory;
    private final int[] ids;
    private final NDList keysAndValues;

    /// @param keysAndValues two tensors a layer; one alone for an empty prefix
    KnownPrefix(PtNDManager memory, int[] ids, NDList keysAndValues) {
        this.memory = memory;
        this.ids = ids.clone();
        this.keysAndValues = NativeMemory.named("B[]", keysAndValues);
    }

    /// Number of tokens.
    public int length() {
        return ids.length;
    }

    NDList keysAndValues() {
        return keysAndValues;
    }

    /// @throws IllegalArgumentException for a batch that does not begin with this prefix as a segment, or
    ///     asks for something within it
    void refuseForeign(PackedBatch batch) {
        boolean begins = ids.length == 0
                || batch.segments().getFirst().length() == ids.length && Arrays.mismatch(batch.ids(), ids) == ids.length;
        if (!begins || Arrays.stream(batch.rows()).anyMatch(row -> row < ids.length)) {
            throw new IllegalArgumentException("batch: its texts do not go on behind the known prefix of " + ids.length + " tokens");
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
