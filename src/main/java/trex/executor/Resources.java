package trex.executor;

import java.nio.file.Path;
import java.util.List;
import trex.lm.ModelConfig;
import trex.lm.TokenizedExample;
import trex.model.FailureKind;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Recipe;

/// Refuses a training that this machine cannot hold, with the numbers, before it takes an hour to
/// find out.
final class Resources {
    /// Tokens of one packed row; a larger batch is computed in parts.
    private static final int TOKENS_AT_ONCE = 2048;
    /// Weights and two moments, in fp32.
    private static final int CHECKPOINT_BYTES = 12;
    /// The best one, the newest one, and one that is being written.
    private static final int CHECKPOINTS = 3;

    private Resources() {}

    /// @param place where checkpoints go
    static void refuseWhatDoesNotFit(ModelConfig config, Recipe recipe, Precision precision,
            List<TokenizedExample> examples, Path place) throws WorkFailed {
        int length = examples.stream().mapToInt(TokenizedExample::length).max().orElse(1);
        MemoryNeed need = need(config, recipe, precision, Math.min(length, recipe.maxLength()));
        long memory = new AvailableMemory(Path.of("/")).bytes();
        if (need.total() > memory) {
            throw new WorkFailed(FailureKind.OUT_OF_MEMORY, "The recipe needs about " + need + " of memory, but "
                    + MemoryNeed.gib(memory) + " are available; use a smaller batch, shorter examples or LoRA");
        }
        long disk = ModelSize.trainable(config, recipe.method()) * CHECKPOINT_BYTES * CHECKPOINTS;
        long free = DiskSpace.usable(place);
        if (disk > free) {
            throw new WorkFailed(FailureKind.DISK_FULL, "Checkpoints of this recipe need " + MemoryNeed.gib(disk)
                    + " on the disk, but " + MemoryNeed.gib(free) + " are free at " + place);
        }
    }

    static MemoryNeed need(ModelConfig config, Recipe recipe, Precision precision, int length) {
        Method method = recipe.method();
        long batch = (long) recipe.optimization().batchSize() * length;
        int tokens = (int) Math.min(batch, Math.max(TOKENS_AT_ONCE, length));
        return MemoryNeed.of(config, method, precision, tokens, length);
    }
}
