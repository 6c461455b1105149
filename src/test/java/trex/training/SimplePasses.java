package trex.training;

import java.util.List;
import trex.lm.LanguageModel;
import trex.lm.PackedBatch;

/// One batch after another through one model.
record SimplePasses(LanguageModel model) implements Passes {
    @Override
    public List<float[]> score(List<PackedBatch> batches) {
        return batches.stream().map(model::score).toList();
    }

    @Override
    public double grads(List<PackedBatch> batches) {
        return batches.stream().mapToDouble(batch -> model.grads(batch, false)).sum();
    }
}
