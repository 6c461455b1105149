package trex.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import trex.lm.graph.Graph;
import trex.lm.graph.PackedMatrices;
import trex.model.Quantization;

/// Brings a model's weights into native memory in the form that its graph reads, one at a time: the
/// wide form of no more than one is there at once.
///
/// @param memory owner of all of them, on the device
/// @param bf16 whether they are rounded
/// @param base how the linear layers' weights are kept
/// @param joins whether matrices of one input come one above the other
/// @param packing how matrices are laid out, on the processor only; null where they stay as they are
/// @param start takes their leading part out of matrices that are adapted; null where none is
/// @param scratch room for the wide form of a matrix that is quantised
record WeightIntake(
        ComputeDevice device,
        PtNDManager memory,
        Graph graph,
        boolean bf16,
        Quantization base,
        boolean joins,
        @Nullable PackedMatrices packing,
        @Nullable PrincipalStart start,
        Scratch scratch) {
    /// A weight that is not trained.
    NDArray take(ModelWeights source, String name) throws UnreadableModel {
        if (base != Quantization.NONE && Projection.isWeight(name)) {
            return quantized(source, name);
        }
        JointProjection joint = !joins ? null : joint(source.config(), name);
        NDArray wide = joint == null ? departed(source, name) : joint(joint, source, name);
        if (packing != null && (Projection.isWeight(name) || name.equals(WeightLayout.HEAD))) {
            try (wide) {
                return packing.of(memory, wide);
            }
        }
        if (!bf16) {
            return wide;
        }
        try (wide) {
            return graph.call(memory, "round", new NDList(wide)).singletonOrThrow();
        }
    }

    private static @Nullable JointProjection joint(ModelConfig config, String name) {
        return JointProjection.of(config).stream()
                .filter(j -> j.parts().stream().anyMatch(part -> name.contains(part.path() + ".")))
                .findFirst()
                .orElse(null);
    }

    /// All parts' weights or biases in the place of the first; next to nothing in those of the others.
    private NDArray joint(JointProjection joint, ModelWeights source, String name) throws UnreadableModel {
        String first = joint.first().path() + ".";
        if (!name.contains(first)) {
            return memory.zeros(new Shape(1, 1));
        }
        ModelConfig config = source.config();
        long[] shape = source.shape(name);
        shape[0] = joint.parts().stream().mapToLong(p -> p.out(config)).sum();
        NDArray wide = memory.create(new Shape(shape), DataType.FLOAT32);
        MemorySegment rows = NativeMemory.of(wide);
        long rowBytes = rows.byteSize() / shape[0];
        for (Projection part : joint.parts()) {
            try (NDArray own = departed(source, name.replace(first, part.path() + "."))) {
                rows.asSlice(joint.above(part, config) * rowBytes).copyFrom(NativeMemory.of(own));
            }
        }
        return wide;
    }

    private NDArray departed(ModelWeights source, String name) throws UnreadableModel {
        NDArray wide = wide(source, name);
        if (start != null) {
            start.depart(name, wide);
        }
        return wide;
    }

    /// A weight in fp32.
    NDArray wide(ModelWeights source, String name) throws UnreadableModel {
        return device.filled(memory, new Shape(source.shape(name)), DataType.FLOAT32,
                content -> source.copyTo(name, content));
    }

    /// What the graph needs behind the layout's weights: the table of a quantised base, or the packed
    /// output projection where it is the embedding, whose rows are read one by one and which
    /// therefore stays plain itself.
    ///
    /// @param embedding as [#take] gave it
    NDList besides(ModelConfig config, NDArray embedding) {
        if (base == Quantization.NF4) {
            return new NDList(memory.create(NormalFloat.pairs(), new Shape(256, 2)));
        }
        return packing != null && config.tiedEmbeddings()
                ? new NDList(packing.of(memory, embedding))
                : new NDList();
    }

    private NDArray quantized(ModelWeights source, String name) throws UnreadableModel {
        long[] shape = source.shape(name);
        QuantizedMatrix form = new QuantizedMatrix(base, shape[0], shape[1]);
        DataType type = base == Quantization.INT8 ? DataType.INT8 : DataType.UINT8;
        MemorySegment wide = scratch.of(shape[0] * shape[1]);
        source.copyTo(name, wide);
        return device.filled(memory, new Shape(form.shape()), type, content -> form.pack(wide, content));
    }
}
