package trex.lm;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import trex.lm.io.TensorType;

/// The tensors of a base model as they lie in a file, under the names and in the layout of a
/// Hugging Face Llama folder (`model.layers.0.self_attn.q_proj.weight`, half-rotation order of
/// the rotary pairs), whatever the file's own layout is.
public interface ModelWeights extends AutoCloseable {
    ModelConfig config();

    Set<String> names();

    /// @throws IllegalArgumentException for an unknown name
    long[] shape(String name);

    /// The number format in which the tensor lies there.
    default TensorType type(String name) {
        return TensorType.F32;
    }

    /// Writes the tensor in row-major fp32, native byte order.
    ///
    /// @param target exactly 4 bytes an element
    /// @throws UnreadableModel if a weight is not a finite number
    /// @throws IllegalArgumentException for an unknown name or a target of another size
    void copyTo(String name, MemorySegment target) throws UnreadableModel;

    @Override
    void close();
}
