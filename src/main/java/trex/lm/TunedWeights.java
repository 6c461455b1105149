package trex.lm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The weights of a tuned model as a base model's: adapters merged into the weights that they
/// adapt, `W + scale B A`, or the trained weights themselves. Reads from the base and the tuned
/// model, which both must stay open.
public final class TunedWeights implements ModelWeights {
    private final ModelWeights base;
    private final @Nullable AdapterLayout adapters;
    private final Map<String, FloatTensor> trained = new HashMap<>();

    /// @param base weights of the model that `tuned` was tuned from
    public TunedWeights(ModelWeights base, LanguageModel tuned) {
        this.base = base;
        this.adapters = tuned.adapters();
        tuned.trainable().forEach(t -> trained.put(t.name(), t));
    }

    @Override
    public ModelConfig config() {
        return base.config();
    }

    @Override
    public Set<String> names() {
        return base.names();
    }

    @Override
    public long[] shape(String name) {
        return base.shape(name);
    }

    @Override
    public void copyTo(String name, MemorySegment target) throws UnreadableModel {
        FloatTensor whole = trained.get(name);
        if (whole != null) {
            target.copyFrom(whole.values());
            return;
        }
        base.copyTo(name, target);
        String adapter = name.replaceFirst("\\.weight$", "");
        FloatTensor a = trained.get(adapter + ".lora_A.weight");
        FloatTensor b = trained.get(adapter + ".lora_B.weight");
        if (adapters != null && a != null && b != null) {
            merge(target, a, b, (float) adapters.scale());
        }
    }

    /// Adds `scale B A` to `target`, `[out, in]`, with A `[rank, in]` and B `[out, rank]`.
    private static void merge(MemorySegment target, FloatTensor first, FloatTensor second, float scale) {
        float[] a = first.toArray();
        float[] b = second.toArray();
        int rank = (int) first.shape()[0];
        int in = (int) first.shape()[1];
        double[] sum = new double[in];
        for (int row = 0; row < second.shape()[0]; row++) {
            Arrays.fill(sum, 0);
            for (int r = 0; r < rank; r++) {
                double factor = (double) scale * b[row * rank + r];
                for (int i = 0; i < in; i++) {
                    sum[i] += factor * a[r * in + i];
                }
            }
            for (int i = 0; i < in; i++) {
                long at = 4L * ((long) row * in + i);
                float before = target.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
                target.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) (before + sum[i]));
            }
        }
    }

    @Override
    public void close() {
        // the base and the tuned model are the caller's
    }
}
