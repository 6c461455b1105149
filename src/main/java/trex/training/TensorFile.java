package trex.training;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import trex.lm.FloatTensor;
import trex.lm.UnreadableModel;
import trex.lm.io.SafetensorsFile;

/// Reads tensors of a safetensors file back, bit for bit as they were written.
final class TensorFile {
    private TensorFile() {}

    /// Overwrites the given tensors by those of the same names in the file.
    static void readInto(Path path, List<FloatTensor> tensors) throws UnreadableModel {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (FloatTensor tensor : tensors) {
                if (!file.names().contains(tensor.name())) {
                    throw new UnreadableModel(path, "the tensor " + tensor.name() + " is missing");
                }
                if (!Arrays.equals(file.shape(tensor.name()), tensor.shape())) {
                    throw new UnreadableModel(path, "the tensor " + tensor.name() + " has the shape of another model");
                }
                file.copyTo(tensor.name(), tensor.values());
            }
        }
    }
}
