package trex.lm.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import trex.lm.ModelConfig;
import trex.lm.ModelWeights;
import trex.lm.UnreadableModel;
import trex.lm.WeightLayout;

/// Weights that stay in their files until they are asked for.
final class MappedWeights implements ModelWeights {
    private final Path path;
    private final ModelConfig config;
    private final Map<String, MappedTensor> tensors;
    private final Arena arena;

    /// Takes over `arena`, in which the files are mapped.
    ///
    /// @param tensors by canonical name
    /// @throws UnreadableModel if they are not exactly the tensors that `config` asks for
    MappedWeights(Path path, ModelConfig config, Map<String, MappedTensor> tensors, Arena arena) throws UnreadableModel {
        this.path = path;
        this.config = config;
        this.tensors = tensors;
        this.arena = arena;
        if (config.layers() > tensors.size()) {
            throw new UnreadableModel(path, "it states " + config.layers() + " layers but has only " + tensors.size() + " tensors");
        }
        Map<String, long[]> expected = new WeightLayout(config).shapes();
        for (Map.Entry<String, long[]> entry : expected.entrySet()) {
            refuseOtherShape(entry.getKey(), entry.getValue());
        }
        for (String name : tensors.keySet()) {
            if (!expected.containsKey(name)) {
                throw new UnreadableModel(path, "it has a tensor that a " + config.family().modelType() + " model has not, " + name
                        + "; what it does would have to be guessed");
            }
        }
    }

    private void refuseOtherShape(String name, long[] shape) throws UnreadableModel {
        MappedTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new UnreadableModel(path, "the tensor " + name + " is missing");
        }
        if (!Arrays.equals(shape, tensor.shape())) {
            throw new UnreadableModel(path, "the tensor " + name + " should have the shape " + Arrays.toString(shape)
                    + " by the model's configuration, but has " + Arrays.toString(tensor.shape()));
        }
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public long[] shape(String name) {
        return tensor(name).shape().clone();
    }

    @Override
    public TensorType type(String name) {
        return tensor(name).type();
    }

    @Override
    public void copyTo(String name, MemorySegment target) throws UnreadableModel {
        if (!tensor(name).copyTo(target)) {
            throw new UnreadableModel(path, "the tensor " + name + " has numbers that are not finite");
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    private MappedTensor tensor(String name) {
        MappedTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor \"" + name + "\" in " + path);
        }
        return tensor;
    }
}
