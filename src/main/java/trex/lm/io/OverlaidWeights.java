package trex.lm.io;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import trex.lm.ChangedWeights;
import trex.lm.ModelWeights;
import trex.lm.UnreadableModel;

/// A base model's weights, some of which are replaced by those of a safetensors file.
public final class OverlaidWeights implements ChangedWeights {
    private final ModelWeights base;
    private final SafetensorsFile file;

    private OverlaidWeights(ModelWeights base, SafetensorsFile file) {
        this.base = base;
        this.file = file;
    }

    /// @param base stays the caller's to close
    /// @throws UnreadableModel if the file has a tensor that the base has not in this shape
    public static OverlaidWeights open(Path path, ModelWeights base) throws UnreadableModel {
        SafetensorsFile file = SafetensorsFile.open(path);
        for (String name : file.names()) {
            if (!base.names().contains(name) || !Arrays.equals(base.shape(name), file.shape(name))) {
                file.close();
                throw new UnreadableModel(path, "the base model has no tensor " + name + " of this shape; it is another model");
            }
        }
        return new OverlaidWeights(base, file);
    }

    @Override
    public ModelWeights base() {
        return base;
    }

    @Override
    public TensorType type(String name) {
        return file.names().contains(name) ? file.type(name) : base.type(name);
    }

    @Override
    public void copyTo(String name, MemorySegment target) throws UnreadableModel {
        if (file.names().contains(name)) {
            file.copyTo(name, target);
        } else {
            base.copyTo(name, target);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
