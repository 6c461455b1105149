package trex.lm;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The decoder written down plainly in double precision, one token after another: what the graph
/// is compared with where no outside reference exists. Slow.
public final class SlowDecoder {
    private final ModelConfig config;
    private final Map<String, double[]> tensors = new HashMap<>();
    private final double scale;
    private final float[] frequencies;
    private final Map<String, double[]> lengths = new HashMap<>();

    public SlowDecoder(ModelWeights weights, List<FloatTensor> adapters, double scale) throws UnreadableModel {
        this.config = weights.config();
        this.scale = scale;
        this.frequencies = Rotary.frequencies(config);
        for (String name : weights.names()) {
            long size = 1;
            for (long extent : weights.shape(name)) {
                size *= extent;
            }
            float[] values = new float[(int) size];
            weights.copyTo(name, MemorySegment.ofArray(values));
            tensors.put(name, widen(values));
        }
        adapters.forEach(a -> tensors.put(a.name(), widen(a.toArray())));
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.values()) {
                String name = "model.layers." + layer + "." + projection.path();
                if (tensors.containsKey(name + ".lora_magnitude_vector")) {
                    lengths.put(name, lengths(name, projection));
                }
            }
        }
    }

    /// Lengths of the adapted rows as they are now: constants of every slope.
    private double[] lengths(String name, Projection projection) {
        int in = projection.in(config);
        double[] lengths = new double[projection.out(config)];
        double[] a = tensor(name + ".lora_A.weight");
        double[] b = tensor(name + ".lora_B.weight");
        int rank = a.length / in;
        for (int row = 0; row < lengths.length; row++) {
            for (int i = 0; i < in; i++) {
                double value = tensor(name + ".weight")[row * in + i];
                for (int r = 0; r < rank; r++) {
                    value += scale * b[row * rank + r] * a[r * in + i];
                }
                lengths[row] += value * value;
            }
            lengths[row] = Math.sqrt(lengths[row]);
        }
        return lengths;
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    public double[] tensor(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    /// The weighted sum of negative log-likelihoods.
    public double loss(PackedBatch batch) {
        double[][] hidden = hidden(batch);
        double[] head = tensor(config.tiedEmbeddings() ? WeightLayout.EMBEDDING : WeightLayout.HEAD);
        double total = 0;
        for (int r = 0; r < batch.rows().length; r++) {
            double[] x = norm(hidden[batch.rows()[r]], tensor(WeightLayout.FINAL_NORM));
            double[] logits = multiply(head, x, config.vocabulary());
            double sum = 0;
            for (double logit : logits) {
                sum += Math.exp(logit);
            }
            total += batch.weights()[r] * (Math.log(sum) - logits[batch.labels()[r]]);
        }
        return total;
    }

    private double[][] hidden(PackedBatch batch) {
        int n = batch.tokens();
        double[][] x = new double[n][];
        double[] embedding = tensor(WeightLayout.EMBEDDING);
        for (int t = 0; t < n; t++) {
            int from = batch.ids()[t] * config.width();
            x[t] = Arrays.copyOfRange(embedding, from, from + config.width());
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            x = layer(batch, "model.layers." + layer + ".", x);
        }
        return x;
    }

    private double[][] layer(PackedBatch batch, String name, double[][] x) {
        int n = batch.tokens();
        double[][] q = new double[n][];
        double[][] k = new double[n][];
        double[][] v = new double[n][];
        for (int t = 0; t < n; t++) {
            double[] h = norm(x[t], tensor(name + "input_layernorm.weight"));
            q[t] = rotate(project(name, Projection.QUERY, h), batch.positions()[t]);
            k[t] = rotate(project(name, Projection.KEY, h), batch.positions()[t]);
            v[t] = project(name, Projection.VALUE, h);
        }
        double[][] out = new double[n][];
        for (int t = 0; t < n; t++) {
            double[] attended = attend(batch, t, q[t], k, v);
            double[] y = add(x[t], project(name, Projection.OUTPUT, attended));
            double[] h = norm(y, tensor(name + "post_attention_layernorm.weight"));
            double[] gate = project(name, Projection.GATE, h);
            double[] up = project(name, Projection.UP, h);
            for (int i = 0; i < gate.length; i++) {
                gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
            }
            out[t] = add(y, project(name, Projection.DOWN, gate));
        }
        return out;
    }

    private double[] attend(PackedBatch batch, int t, double[] q, double[][] k, double[][] v) {
        int size = config.headSize();
        int group = config.heads() / config.keyValueHeads();
        double[] out = new double[config.heads() * size];
        for (int head = 0; head < config.heads(); head++) {
            int shared = head / group;
            double total = 0;
            double[] sum = new double[size];
            for (int s = 0; s < batch.tokens(); s++) {
                if (!sees(batch, t, s)) {
                    continue;
                }
                double score = 0;
                for (int i = 0; i < size; i++) {
                    score += q[head * size + i] * k[s][shared * size + i];
                }
                double weight = Math.exp(score / Math.sqrt(size));
                total += weight;
                for (int i = 0; i < size; i++) {
                    sum[i] += weight * v[s][shared * size + i];
                }
            }
            for (int i = 0; i < size; i++) {
                out[head * size + i] = sum[i] / total;
            }
        }
        return out;
    }

    private static boolean sees(PackedBatch batch, int t, int s) {
        if (s > t) {
            return false;
        }
        int own = segment(batch, t);
        int other = segment(batch, s);
        for (int a = own; a != Segment.NONE; a = batch.segments().get(a).parent()) {
            if (a == other) {
                return true;
            }
        }
        return false;
    }

    private static int segment(PackedBatch batch, int token) {
        for (int i = 0; i < batch.segments().size(); i++) {
            if (token < batch.segments().get(i).end()) {
                return i;
            }
        }
        throw new IllegalArgumentException("token " + token);
    }

    private double[] project(String layer, Projection projection, double[] x) {
        double[] y = multiply(tensor(layer + projection.path() + ".weight"), x, projection.out(config));
        double[] a = tensors.get(layer + projection.path() + ".lora_A.weight");
        if (a == null) {
            return y;
        }
        double[] low = multiply(a, x, a.length / x.length);
        double[] high = multiply(tensor(layer + projection.path() + ".lora_B.weight"), low, y.length);
        for (int i = 0; i < y.length; i++) {
            y[i] += scale * high[i];
        }
        double[] length = lengths.get(layer + projection.path());
        for (int i = 0; length != null && i < y.length; i++) {
            y[i] *= tensor(layer + projection.path() + ".lora_magnitude_vector")[i] / length[i];
        }
        return y;
    }

    private double[] rotate(double[] x, int position) {
        int size = config.headSize();
        double[] y = new double[x.length];
        for (int head = 0; head < x.length / size; head++) {
            for (int i = 0; i < size / 2; i++) {
                double angle = position * frequencies[i]; // in fp32, as every model was trained
                double first = x[head * size + i];
                double second = x[head * size + i + size / 2];
                y[head * size + i] = first * Math.cos(angle) - second * Math.sin(angle);
                y[head * size + i + size / 2] = second * Math.cos(angle) + first * Math.sin(angle);
            }
        }
        return y;
    }

    private double[] norm(double[] x, double[] weight) {
        double square = 0;
        for (double value : x) {
            square += value * value;
        }
        double factor = 1 / Math.sqrt(square / x.length + config.normEpsilon());
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] * factor * weight[i];
        }
        return y;
    }

    private static double[] multiply(double[] matrix, double[] x, int rows) {
        double[] y = new double[rows];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < x.length; c++) {
                y[r] += matrix[r * x.length + c] * x[c];
            }
        }
        return y;
    }

    private static double[] add(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < b.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }
}
