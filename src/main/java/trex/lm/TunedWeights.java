package trex.lm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The weights of a tuned model as a base model's: adapters merged into the weights that they
/// adapt, `W + scale B A`, whose rows then get the lengths of the adapter's magnitudes where it has
/// such; or the trained weights themselves. Needs no numeric library.
public final class TunedWeights implements ChangedWeights {
    private final ModelWeights base;
    private final Map<String, FloatTensor> trained = new HashMap<>();
    private final double scale;
    private final boolean owning;

    /// @param base weights that the training started from; must stay open
    /// @param trained whole tensors under their own names, adapters as `….lora_A.weight`,
    ///     `….lora_B.weight` and `….lora_magnitude_vector`; must stay readable
    /// @param scale factor of `B A x`
    /// @throws UnreadableModel if a tensor does not fit the base
    public TunedWeights(ModelWeights base, List<FloatTensor> trained, double scale) throws UnreadableModel {
        this(base, trained, scale, false);
    }

    private TunedWeights(ModelWeights base, List<FloatTensor> trained, double scale, boolean owning)
            throws UnreadableModel {
        this.base = base;
        this.scale = scale;
        this.owning = owning;
        for (FloatTensor tensor : trained) {
            refuseForeign(tensor);
            this.trained.put(tensor.name(), tensor);
        }
    }

    /// The same, and the base is closed with it.
    static TunedWeights owning(ModelWeights base, List<FloatTensor> trained, double scale) throws UnreadableModel {
        return new TunedWeights(base, trained, scale, true);
    }

    /// The weights of a model in native memory, which must stay open as well.
    public static TunedWeights of(ModelWeights base, LanguageModel tuned) throws UnreadableModel {
        AdapterLayout adapters = tuned.adapters();
        return new TunedWeights(base, PrincipalDifference.of(tuned.trainable(), tuned.start()), adapters == null ? 0 : adapters.scale());
    }

    private void refuseForeign(FloatTensor tensor) throws UnreadableModel {
        String name = tensor.name().replaceFirst("\\.lora_([AB]\\.weight|magnitude_vector)$", ".weight");
        if (!base.names().contains(name)) {
            throw new UnreadableModel("The base model has no tensor " + name + ", which was tuned; it is another model");
        }
        long[] whole = base.shape(name);
        long[] shape = tensor.shape();
        boolean isVector = tensor.name().endsWith(AdapterLayout.MAGNITUDES);
        boolean fits = name.equals(tensor.name())
                ? Arrays.equals(shape, whole)
                : shape.length == (isVector ? 1 : 2) && whole.length == 2
                        && (tensor.name().endsWith(AdapterLayout.A) ? shape[1] == whole[1] : shape[0] == whole[0]);
        if (!fits) {
            throw new UnreadableModel("The tuned tensor " + tensor.name() + " of shape " + Arrays.toString(shape)
                    + " does not fit the base model's " + Arrays.toString(whole) + "; it is another model");
        }
    }

    @Override
    public ModelWeights base() {
        return base;
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
        FloatTensor a = trained.get(adapter + AdapterLayout.A);
        FloatTensor b = trained.get(adapter + AdapterLayout.B);
        if (a != null && b != null) {
            merge(target, a, b, trained.get(adapter + AdapterLayout.MAGNITUDES));
        }
    }

    /// Adds `scale B A` to `target`, `[out, in]`, with A `[rank, in]` and B `[out, rank]`.
    ///
    /// @param lengths of the rows afterwards, `[out]`; null for those that come of it
    private void merge(MemorySegment target, FloatTensor first, FloatTensor second, @Nullable FloatTensor lengths) {
        float[] a = first.toArray();
        float[] b = second.toArray();
        int rank = (int) first.shape()[0];
        int in = (int) first.shape()[1];
        double[] sum = new double[in];
        for (int row = 0; row < second.shape()[0]; row++) {
            for (int i = 0; i < in; i++) {
                sum[i] = target.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at(row, in, i));
            }
            for (int r = 0; r < rank; r++) {
                double factor = scale * b[row * rank + r];
                for (int i = 0; i < in; i++) {
                    sum[i] += factor * a[r * in + i];
                }
            }
            double gain = lengths == null ? 1 : lengths.get(row) / length(sum);
            for (int i = 0; i < in; i++) {
                target.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at(row, in, i), (float) (gain * sum[i]));
            }
        }
    }

    private static long at(int row, int in, int column) {
        return 4L * ((long) row * in + column);
    }

    private static double length(double[] row) {
        double square = 0;
        for (double value : row) {
            square += value * value;
        }
        return Math.max(Math.sqrt(square), Float.MIN_NORMAL);
    }

    /// Leaves the tuned tensors, and a base that is the caller's, open.
    @Override
    public void close() {
        if (owning) {
            base.close();
        }
    }
}
