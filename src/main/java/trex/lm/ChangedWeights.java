package trex.lm;

import java.util.Set;
import trex.lm.io.TensorType;

/// Weights of the same names and shapes as a base model's, with other numbers in some of them.
public interface ChangedWeights extends ModelWeights {
    ModelWeights base();

    @Override
    default ModelConfig config() {
        return base().config();
    }

    @Override
    default Set<String> names() {
        return base().names();
    }

    @Override
    default long[] shape(String name) {
        return base().shape(name);
    }

    @Override
    default TensorType type(String name) {
        return base().type(name);
    }
}
