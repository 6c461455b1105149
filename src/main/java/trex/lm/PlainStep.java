package trex.lm;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The gradient of low-rank adapters on queries and values of a Llama in fp32, written down as
/// NDArray operations the way DJL means it: the control of benchmarks, and no way to train.
/// Padded rows, logits and loss at every position, one native call an operation.
///
/// No number is multiplied by directly: `NDArray.mul(Number)` leaves autograd a freed buffer.
public final class PlainStep implements AutoCloseable {
    private final PtNDManager memory = ComputeDevice.PROCESSOR.memory();
    private final ModelConfig config;
    private final Map<String, NDArray> weights = new HashMap<>();
    private final List<NDArray> adapters = new ArrayList<>();
    private final NDArray scale;
    private final NDArray epsilon;
    private final NDArray queryScale;

    /// @param layout adapters on queries and values, without magnitudes
    public PlainStep(ModelWeights source, AdapterLayout layout, long seed) throws UnreadableModel {
        this.config = source.config();
        this.scale = memory.create((float) layout.scale());
        this.epsilon = memory.create((float) config.normEpsilon());
        this.queryScale = memory.create((float) config.queryScale());
        for (Map.Entry<String, long[]> entry : new WeightLayout(config).shapes().entrySet()) {
            NDArray weight = memory.create(new Shape(entry.getValue()), DataType.FLOAT32);
            source.copyTo(entry.getKey(), NativeMemory.of(weight));
            boolean linear = Projection.isWeight(entry.getKey());
            weights.put(entry.getKey(), linear ? weight.transpose() : weight);
        }
        NDArray embedding = weight(WeightLayout.EMBEDDING);
        weights.put(WeightLayout.HEAD, (config.tiedEmbeddings() ? embedding : weight(WeightLayout.HEAD)).transpose());
        for (FloatTensor tensor : LoraStart.fill(layout, config, seed)) {
            try (NDArray row = memory.create(tensor.toArray(), new Shape(tensor.shape()))) {
                NDArray adapter = row.transpose().duplicate();
                adapter.setRequiresGradient(true);
                adapters.add(adapter);
            }
        }
    }

    private NDArray weight(String name) {
        NDArray weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("a plain Llama has no weight " + name);
        }
        return weight;
    }

    /// Adds up the negative log-likelihoods of every next token, in nats, and their gradient.
    ///
    /// @param rows ids, all of one length of at least 2; the last of each is a label only
    public double grads(int[][] rows) {
        int length = rows[0].length - 1;
        try (PtNDManager step = memory.newSubManager(memory.getDevice());
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            long[] ids = Arrays.stream(rows).flatMapToLong(r -> Arrays.stream(r).limit(length).asLongStream()).toArray();
            long[] next = Arrays.stream(rows).flatMapToLong(r -> Arrays.stream(r).skip(1).asLongStream()).toArray();
            NDArray x = weight(WeightLayout.EMBEDDING).get(new NDIndex("{}", step.create(ids)));
            x.attach(step);
            x = layers(step, x, rows.length, length);
            NDArray logits = norm(x, WeightLayout.FINAL_NORM).matMul(weight(WeightLayout.HEAD));
            NDArray labels = step.create(next, new Shape(next.length, 1));
            NDArray loss = logits.logSoftmax(-1).gather(labels, 1).sum().neg();
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    private NDArray layers(PtNDManager step, NDArray embedded, int rows, int length) {
        NDArray[] turn = turn(step, length);
        NDArray mask = mask(step, length);
        NDArray x = embedded;
        for (int layer = 0; layer < config.layers(); layer++) {
            String block = "model.layers." + layer + ".";
            NDArray h = norm(x, block + "input_layernorm.weight");
            NDArray q = turned(heads(adapted(h, block, Projection.QUERY, 4 * layer), rows, config.heads()), turn);
            NDArray k = turned(heads(linear(h, block, Projection.KEY), rows, config.keyValueHeads()), turn);
            NDArray v = heads(adapted(h, block, Projection.VALUE, 4 * layer + 2), rows, config.keyValueHeads());
            NDArray odds = q.matMul(expanded(k).transpose(0, 1, 3, 2)).mul(queryScale).add(mask).softmax(-1);
            NDArray seen = odds.matMul(expanded(v)).transpose(0, 2, 1, 3)
                    .reshape((long) rows * length, (long) config.heads() * config.headSize());
            x = x.add(linear(seen, block, Projection.OUTPUT));
            NDArray inner = norm(x, block + "post_attention_layernorm.weight");
            NDArray gate = linear(inner, block, Projection.GATE);
            NDArray gated = gate.mul(Activation.sigmoid(gate)).mul(linear(inner, block, Projection.UP));
            x = x.add(linear(gated, block, Projection.DOWN));
        }
        return x;
    }

    private NDArray norm(NDArray x, String name) {
        NDArray meanSquare = x.mul(x).mean(new int[] {-1}, true);
        return x.div(meanSquare.add(epsilon).sqrt()).mul(weight(name));
    }

    private NDArray linear(NDArray x, String block, Projection projection) {
        return x.matMul(weight(block + projection.path() + ".weight"));
    }

    private NDArray adapted(NDArray x, String block, Projection projection, int first) {
        NDArray low = x.matMul(adapters.get(first)).matMul(adapters.get(first + 1));
        return linear(x, block, projection).add(low.mul(scale));
    }

    /// `[rows * length, heads * size]` as `[rows, heads, length, size]`.
    private NDArray heads(NDArray x, int rows, int heads) {
        return x.reshape(rows, -1, heads, config.headSize()).transpose(0, 2, 1, 3);
    }

    private NDArray expanded(NDArray x) {
        Shape shape = x.getShape();
        int group = config.heads() / config.keyValueHeads();
        return x.expandDims(2)
                .broadcast(shape.get(0), shape.get(1), group, shape.get(2), shape.get(3))
                .reshape(shape.get(0), config.heads(), shape.get(2), shape.get(3));
    }

    private static NDArray turned(NDArray x, NDArray[] turn) {
        NDList halves = x.split(2, 3);
        NDArray swapped = halves.get(1).neg().concat(halves.get(0), 3);
        return x.mul(turn[0]).add(swapped.mul(turn[1]));
    }

    /// Cosines and sines of each position, `[length, size]`.
    private NDArray[] turn(PtNDManager step, int length) {
        float[] frequencies = Rotary.frequencies(config);
        int size = config.headSize();
        float[] cos = new float[length * size];
        float[] sin = new float[length * size];
        for (int i = 0; i < cos.length; i++) {
            float angle = i / size * frequencies[i % size % (size / 2)];
            cos[i] = (float) Math.cos(angle);
            sin[i] = (float) Math.sin(angle);
        }
        Shape shape = new Shape(length, size);
        return new NDArray[] {step.create(cos, shape), step.create(sin, shape)};
    }

    private static NDArray mask(PtNDManager step, int length) {
        float[] mask = new float[length * length];
        for (int q = 0; q < length; q++) {
            Arrays.fill(mask, q * length + q + 1, (q + 1) * length, Float.NEGATIVE_INFINITY);
        }
        return step.create(mask, new Shape(length, length));
    }

    /// The adapters' collected gradients' joint norm.
    double gradientNorm() {
        double square = 0;
        for (NDArray adapter : adapters) {
            try (NDArray gradient = adapter.getGradient()) {
                for (float g : gradient.toFloatArray()) {
                    square += (double) g * g;
                }
            }
        }
        return Math.sqrt(square);
    }

    @Override
    public void close() {
        memory.close();
    }
}
