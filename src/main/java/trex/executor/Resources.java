package trex.executor;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import trex.lm.ModelConfig;
import trex.model.ByteCount;
import trex.model.DeviceList;
import trex.model.FailureKind;
import trex.model.Precision;
import trex.model.Quantization;
import trex.model.Procedure;
import trex.model.Recipe;
import trex.training.Parts;

/// Refuses work that this machine cannot hold, with the numbers, before it takes an hour to
/// find out.
final class Resources {
    /// The best one, the newest one, and one that is being written.
    private static final int CHECKPOINTS = 3;

    private final LongSupplier memory;
    private final ToLongFunction<Path> disk;

    /// @param memory bytes that the machine can still give
    /// @param disk bytes that can be written at a place
    Resources(LongSupplier memory, ToLongFunction<Path> disk) {
        this.memory = memory;
        this.disk = disk;
    }

    /// Of the machine's own memory.
    static Resources ofThisMachine() {
        return new Resources(new AvailableMemory(Path.of("/"))::bytes, DiskSpace::usable);
    }

    /// Of the memory that the chosen devices have; each of them holds the whole model.
    static Resources of(LocalDevices devices, DeviceList chosen) {
        return new Resources(() -> devices.free(chosen, Path.of("/")), DiskSpace::usable);
    }

    /// Settles gradient checkpointing, where the recipe leaves it open by what the memory holds,
    /// and refuses what does not fit even so.
    ///
    /// @param longest tokens of the longest sequence, before it is cut
    /// @param place where checkpoints go
    Recomputation settle(ModelConfig config, Recipe recipe, Precision precision, int longest, Path place)
            throws WorkFailed {
        long available = memory.getAsLong();
        Recomputation settled = recomputation(config, recipe, precision, longest, available);
        refuse("The recipe", settled.need(), available, settled.on()
                ? "use a smaller batch, shorter examples or LoRA with base = nf4"
                : "use gradient checkpointing, a smaller batch, shorter examples or LoRA with base = nf4");
        refuseWithoutDisk(config, recipe, place);
        return settled;
    }

    private static Recomputation recomputation(
            ModelConfig config, Recipe recipe, Precision precision, int longest, long available) {
        int length = Math.min(longest, recipe.maxLength());
        return Recomputation.of(recipe.gradientCheckpointing(), need(config, recipe, precision, length, false),
                need(config, recipe, precision, length, true), available);
    }

    /// The same of a training that may not fit: 0 then.
    long spare(ModelConfig config, Recipe recipe, Precision precision, int longest) {
        return spare(recomputation(config, recipe, precision, longest, memory.getAsLong()).need());
    }

    /// Half of the bytes that a training, not yet begun, leaves of the memory.
    long spare(MemoryNeed need) {
        return Math.max(0, memory.getAsLong() - need.total()) / 2;
    }

    private void refuseWithoutDisk(ModelConfig config, Recipe recipe, Path place) throws WorkFailed {
        long checkpoints = disk(config, recipe);
        long free = disk.applyAsLong(place);
        if (checkpoints > free) {
            throw new WorkFailed(FailureKind.DISK_FULL, "Checkpoints of this recipe need " + new ByteCount(checkpoints)
                    + " on the disk, but " + new ByteCount(free) + " are free at " + place);
        }
    }

    /// Bytes that checkpoints take at most. The best one's earlier states are other than the newest
    /// ones'.
    static long disk(ModelConfig config, Recipe recipe) {
        int averaged = recipe.selection().averaged();
        long states = averaged > 1 ? 2L * averaged + 1 : 0;
        return CHECKPOINTS * ModelSize.checkpointBytes(config, recipe)
                + states * Float.BYTES * ModelSize.trainable(config, recipe.method());
    }

    /// Bytes of the tuned model that stays.
    static long kept(ModelConfig config, Recipe recipe) {
        return Float.BYTES
                * (ModelSize.trainable(config, recipe.method()) + ModelSize.start(config, recipe.method()));
    }

    /// Whether a training fits the memory without gradient checkpointing, in fp32 and in bf16.
    List<Boolean> room(ModelConfig config, Recipe recipe, int longest) {
        int length = Math.min(longest, recipe.maxLength());
        long available = memory.getAsLong();
        return Stream.of(Precision.FP32, Precision.BF16)
                .map(precision -> need(config, recipe, precision, length, false).total() <= available)
                .toList();
    }

    /// @param base how the model keeps its frozen base
    void refuseWhatCannotBeMeasured(ModelConfig config, Precision precision, Quantization base) throws WorkFailed {
        refuse("The model", MemoryNeed.ofMeasuring(config, precision, base), memory.getAsLong(),
                "close other programs or take a smaller model");
    }

    private static void refuse(String what, MemoryNeed need, long available, String wayOut) throws WorkFailed {
        if (need.total() > available) {
            throw new WorkFailed(FailureKind.OUT_OF_MEMORY, what + " needs about " + need + " of memory, but "
                    + new ByteCount(available) + " are available; " + wayOut);
        }
    }

    private static MemoryNeed need(
            ModelConfig config, Recipe recipe, Precision precision, int length, boolean recomputes) {
        int together = switch (recipe.procedure()) {
            case Procedure.Supervised _, Procedure.Kto _ -> length;
            case Procedure.Preference _ -> 2 * length;
            case Procedure.ContinuedPretraining _ -> recipe.maxLength();
        };
        long batch = (long) recipe.optimization().batchSize() * together;
        int tokens = (int) Math.min(batch, Math.max(Parts.TOKENS_AT_ONCE, together));
        return MemoryNeed.of(config, recipe, precision, tokens, length, recomputes);
    }
}
