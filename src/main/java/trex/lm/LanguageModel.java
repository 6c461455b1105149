package trex.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import trex.lm.graph.Graph;
import trex.lm.graph.GraphOptions;
import trex.lm.graph.Matrices;
import trex.lm.graph.PackedMatrices;
import trex.model.LoraInit;
import trex.model.Method;
import trex.model.Optimizer;
import trex.model.Precision;
import trex.model.Quantization;

/// A model in native memory: weights, adapters, and the generated graph that runs them. Not
/// thread-safe. All native memory is released by [#close()].
public final class LanguageModel implements AutoCloseable {
    private static final String WEIGHTS = "W[]";
    private static final String ADAPTERS = "P[]";

    /// Tokens of a batch are padded to a multiple of this where the library keeps code a shape.
    private static final int GRANULE = 32;

    /// The extents of its attention's grids are multiples of this.
    private static final int GRID = 16;

    private final ComputeDevice device;
    private final PtNDManager memory;
    private final Graph graph;
    private final ModelConfig config;
    private final Precision precision;
    private final @Nullable AdapterLayout adapterLayout;
    private final NDList weights = new NDList();
    private final NDList adapters = new NDList();
    private final @Nullable PrincipalStart start;
    private final NDArray frequencies;
    private final List<String> trainableNames;
    private final double rateRatio;
    private final NDList trainable = new NDList();
    private final boolean trains;
    private final boolean packed;
    private final Products products;
    private final int frozenLayers;
    private @Nullable LowerOutputs lower;
    private @Nullable NDArray lowerRows;
    private int lowerComputed;

    private LanguageModel(
            ModelWeights source, ComputeDevice device, Precision precision, Products products,
            @Nullable Method method, long seed,
            boolean trains, List<FloatTensor> known)
            throws UnreadableModel {
        if (precision == Precision.AUTO) {
            throw new IllegalArgumentException("a model is opened in fp32 or bf16; choose one by the calibration first");
        }
        this.device = device;
        this.config = source.config();
        this.precision = precision;
        this.products = device.isProcessor() ? products : Products.LIBRARY;
        this.trains = trains;
        Method.Lora lora = method instanceof Method.Lora adapted ? adapted : null;
        AdapterLayout layout = lora == null ? null : AdapterLayout.of(lora, config);
        Quantization base = lora == null ? Quantization.NONE : lora.base();
        this.adapterLayout = layout;
        this.rateRatio = lora == null ? 1 : lora.rateRatio();
        boolean full = method instanceof Method.Full;
        boolean bf16 = precision == Precision.BF16;
        this.frozenLayers = method == null ? 0 : method.frozenLayers();
        if (method != null) {
            MethodLimits.refusal(method, config).ifPresent(reason -> {
                throw new IllegalArgumentException(reason);
            });
        }
        this.memory = device.memory();
        try (Scratch scratch = new Scratch()) {
            PackedMatrices packing = trains || readsMatrices(base) || !device.isProcessor()
                    ? null
                    : PackedMatrices.available(memory, bf16).orElse(null);
            this.packed = packing != null;
            Matrices matrices = packed ? Matrices.PACKED : joins(lora) ? Matrices.JOINT : Matrices.APART;
            this.graph = Graph.load(memory, new GraphOptions(config, layout, bf16, full, frozenLayers, base, matrices,
                    this.products, !device.isProcessor()));
            this.start = layout != null && lora != null && lora.init() == LoraInit.PRINCIPAL
                    ? new PrincipalStart(device, memory, graph, layout.shapes(config), known)
                    : null;
            this.trainableNames = full
                    ? new WeightLayout(config).trainable(frozenLayers)
                    : layout == null ? List.of() : List.copyOf(layout.shapes(config).keySet());
            load(new WeightIntake(device, memory, graph, bf16, base, matrices != Matrices.APART, packing, start, scratch), source,
                    full ? Set.copyOf(trainableNames) : Set.of());
            if (layout == null) {
                adapters.add(memory.create(new Shape())); // a list cannot be empty
                NativeMemory.named(ADAPTERS, adapters);
            } else {
                startAdapters(layout, seed);
            }
            this.frequencies = memory.create(
                    Rotary.frequencies(config), new Shape(config.kinds().size(), config.headSize() / 2));
        } catch (UnreadableModel | RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /// Whether matrices are read by more than products: quantised ones are widened, and magnitudes
    /// are measured by lengths of rows.
    private boolean readsMatrices(Quantization base) {
        return base != Quantization.NONE || adapterLayout != null && adapterLayout.magnitudes();
    }

    /// Whether matrices of one input are held as one, which is faster and in bf16 or by oneDNN gives the same
    /// bits; not where one of them is read by itself.
    private boolean joins(Method.@Nullable Lora lora) {
        return lora != null
                && !readsMatrices(lora.base())
                && lora.init() != LoraInit.PRINCIPAL
                && (precision == Precision.BF16 || products == Products.ONEDNN);
    }

    private void load(WeightIntake intake, ModelWeights source, Set<String> trained) throws UnreadableModel {
        for (String name : new WeightLayout(config).names()) {
            boolean isTrained = trained.contains(name);
            NDArray tensor = isTrained ? intake.wide(source, name) : intake.take(source, name);
            weights.add(tensor);
            if (isTrained) {
                trainable.add(tensor);
            }
        }
        weights.addAll(intake.besides(config, weights.getFirst()));
        NativeMemory.named(WEIGHTS, weights);
    }

    /// As they are before the first step. Magnitudes are the lengths of the weights' rows, so that
    /// nothing changes.
    private void startAdapters(AdapterLayout layout, long seed) {
        LoraStart.fill(layout, config, seed).forEach(t -> adapters.add(memory.create(t.toArray(), new Shape(t.shape()))));
        NativeMemory.named(ADAPTERS, adapters);
        trainable.addAll(adapters);
        if (start != null) {
            List<FloatTensor> taken = start.tensors();
            change(tensors -> copy(taken, tensors));
        }
        if (layout.magnitudes()) {
            try (PtNDManager scope = memory.newSubManager(memory.getDevice())) {
                NDList norms = graph.call(scope, "norms", parameters());
                NDList magnitudes = new NDList();
                for (int i = 0; i < norms.size(); i++) {
                    magnitudes.add(adapters.get(3 * i + 2));
                }
                NativeTensors.both(graph, scope, "overwrite", magnitudes, norms);
            }
        }
    }

    private static void copy(List<FloatTensor> from, List<FloatTensor> to) {
        Map<String, FloatTensor> byName = FloatTensor.byName(to);
        from.forEach(t -> Objects.requireNonNull(byName.get(t.name())).values().copyFrom(t.values()));
    }

    /// A model on the processor to be measured or asked, not trained.
    ///
    /// @param precision `FP32` or `BF16`
    public static LanguageModel frozen(ModelWeights weights, Precision precision) throws UnreadableModel {
        return frozen(weights, ComputeDevice.PROCESSOR, precision);
    }

    /// The same on any device.
    public static LanguageModel frozen(ModelWeights weights, ComputeDevice device, Precision precision)
            throws UnreadableModel {
        return new LanguageModel(weights, device, precision, Products.LIBRARY, null, 0, false, List.of());
    }

    /// A model with adapters to be measured or asked, not trained; [#change] puts numbers into them.
    ///
    /// @param start what the base has lost to the adapters, as [#start()] said where it was tuned
    public static LanguageModel adapted(
            ModelWeights weights, ComputeDevice device, Precision precision, Method.Lora method, List<FloatTensor> start)
            throws UnreadableModel {
        return new LanguageModel(weights, device, precision, Products.LIBRARY, method, 0, false, start);
    }

    /// A model on the processor with trainable parts: adapters as PEFT starts them, or the weights
    /// themselves.
    ///
    /// @param seed source of the adapters' start
    /// @throws IllegalArgumentException where the model has no such parts, see [MethodLimits]
    public static LanguageModel tunable(ModelWeights weights, Precision precision, Method method, long seed)
            throws UnreadableModel {
        return tunable(weights, ComputeDevice.PROCESSOR, precision, method, seed);
    }

    /// The same on any device.
    public static LanguageModel tunable(
            ModelWeights weights, ComputeDevice device, Precision precision, Method method, long seed)
            throws UnreadableModel {
        return tunable(weights, device, precision, Products.LIBRARY, method, seed);
    }

    /// The same with what multiplies fastest on the processor; other devices have the library's products.
    public static LanguageModel tunable(
            ModelWeights weights, ComputeDevice device, Precision precision, Products products, Method method,
            long seed)
            throws UnreadableModel {
        return new LanguageModel(weights, device, precision, products, method, seed, true, List.of());
    }

    public ModelConfig config() {
        return config;
    }

    public Precision precision() {
        return precision;
    }

    ComputeDevice device() {
        return device;
    }

    public Products products() {
        return products;
    }

    /// The adapters' layout; null without adapters.
    public @Nullable AdapterLayout adapters() {
        return adapterLayout;
    }

    /// Names of what is trained, in order; empty for a frozen model.
    public List<String> trainableNames() {
        return trainableNames;
    }

    /// The trainable tensors, to be read; to be written to by [#change]. On the processor they are
    /// the model's own.
    public List<FloatTensor> trainable() {
        return tensors(trainable).read();
    }

    /// Writes to the trainable tensors.
    public <E extends Exception> void change(TensorChange<E> change) throws E {
        tensors(trainable).change(change);
    }

    private NativeTensors tensors(NDList arrays) {
        return new NativeTensors(device, graph, memory, trainableNames, arrays);
    }

    /// The adapters' A and B before the first step where the base was left with the rest, see
    /// [trex.model.LoraInit#PRINCIPAL]; else empty.
    public List<FloatTensor> start() {
        return start == null ? List.of() : start.tensors();
    }

    /// Leaves the base with the rest of another start, to rounding; with the same bits where the
    /// start has the same bits. Another machine, or another number of threads, may find another start.
    ///
    /// @param other as [#start()]
    public void departFrom(List<FloatTensor> other) {
        if (start != null) {
            List<String> names = new WeightLayout(config).names();
            start.replace(other, name -> weights.get(names.indexOf(name)));
        }
    }

    /// AdamW over the trainable tensors.
    public Descent optimizer() {
        return optimizer(Optimizer.ADAMW);
    }

    /// The optimizer of the trainable tensors. One a model.
    public Descent optimizer(Optimizer rule) {
        if (trainable.isEmpty() || !trains) {
            throw new IllegalStateException("a model that was not opened to be trained has nothing to optimise");
        }
        collectGradients();
        return new Descent(device, graph, memory, rule, rateRatio, trainableNames, trainable);
    }

    /// Gives every trainable tensor a gradient of zeros. Done by [#optimizer()].
    public void collectGradients() {
        trainable.forEach(tensor -> tensor.setRequiresGradient(true));
        graph.call(memory, "attach", new NDList(trainable)).close();
    }

    /// Adds the gradients of the same model on another device to this one's, and clears them there.
    public void takeGradientsOf(LanguageModel other) {
        try (PtNDManager scope = memory.newSubManager(memory.getDevice());
                NDList own = gradientArrays();
                NDList others = other.gradientArrays()) {
            NativeTensors.both(graph, scope, "sum_up", own, others);
            other.forgetGradients();
        }
    }

    private void forgetGradients() {
        try (PtNDManager scope = memory.newSubManager(memory.getDevice())) {
            graph.call(scope, "forget", new NDList(trainable));
        }
    }

    /// Takes the trainable tensors of the same model on another device over.
    public void follow(LanguageModel leader) {
        try (PtNDManager scope = memory.newSubManager(memory.getDevice())) {
            NativeTensors.both(graph, scope, "overwrite", trainable, leader.trainable);
        }
    }

    /// To be closed.
    private NDList gradientArrays() {
        NDList gradients = new NDList();
        trainable.forEach(t -> gradients.add(t.getGradient()));
        return gradients;
    }

    /// Adds the gradient of the batch's weighted loss to the trainable tensors' gradients.
    ///
    /// @return the weighted sum of negative log-likelihoods in nats; NaN or infinite when the
    ///     model has diverged
    public double grads(PackedBatch batch, boolean checkpointed) {
        return grads(batch, checkpointed, null);
    }

    /// The same with noise on the embeddings where there is any.
    public double grads(PackedBatch batch, boolean checkpointed, @Nullable EmbeddingNoise noise) {
        if (batch.weights().length == 0) {
            throw new IllegalArgumentException("batch: a loss needs weights, there are none");
        }
        try (PtNDManager step = memory.newSubManager(memory.getDevice())) {
            NDList arguments = arguments(step, batch);
            arguments.add(step.create(NativeMemory.longs(batch.labels())));
            arguments.add(step.create(batch.weights()));
            arguments.add(noise(step, batch, noise));
            arguments.addAll(lowerRows(step, batch, noise == null));
            String method = checkpointed ? "grads_checkpointed" : "grads";
            return graph.call(step, method, arguments).singletonOrThrow().getFloat();
        }
    }

    private NDArray noise(PtNDManager step, PackedBatch batch, @Nullable EmbeddingNoise noise) {
        if (noise == null) {
            return step.create(new Shape(0));
        }
        int width = config.width();
        float[] rows = Arrays.copyOf(noise.on(batch, width), padded(batch.tokens()) * width);
        return step.create(rows, new Shape(padded(batch.tokens()), width));
    }

    /// Bytes of a row of [LowerOutputs].
    public long lowerRowBytes() {
        return lowerRowBytes(config, precision);
    }

    /// The same of a model that is not open.
    ///
    /// @param precision `FP32` or `BF16`
    public static long lowerRowBytes(ModelConfig config, Precision precision) {
        return (long) config.width() * (precision == Precision.BF16 ? 2 : Float.BYTES);
    }

    /// Begins to keep the outputs of the frozen lower layers, and uses them in every step whose
    /// texts are among them: exact, but that these layers are run over other batches.
    ///
    /// @return how many parts are to be computed, one after another, before the next step
    public int keep(LowerOutputs outputs) {
        if (frozenLayers == 0 || lower != null) {
            throw new IllegalStateException(frozenLayers == 0 ? "no layer is frozen" : "outputs are kept already");
        }
        lower = outputs;
        NDArray size = memory.create(new long[] {outputs.size(), config.width()});
        lowerRows = graph.call(memory, "lower_room", new NDList(size)).singletonOrThrow();
        return outputs.parts().size();
    }

    /// Computes the next part of what is kept.
    ///
    /// @return number of rows that there are then
    public int computeLower(int part) {
        PackedBatch batch = Objects.requireNonNull(lower, "nothing is kept").parts().get(part);
        try (PtNDManager step = memory.newSubManager(memory.getDevice())) {
            NDList arguments = arguments(step, batch);
            arguments.add(Objects.requireNonNull(lowerRows));
            arguments.add(step.create(new long[] {lowerComputed}));
            graph.call(step, "lower", arguments);
        }
        lowerComputed += batch.rows().length;
        return lowerComputed;
    }

    private NDList lowerRows(PtNDManager step, PackedBatch batch, boolean mayBeKnown) {
        int[] rows = lower == null || !mayBeKnown ? new int[0] : lower.rows(batch);
        return rows.length == 0 || lowerRows == null
                ? new NDList(step.create(new Shape(0)), step.create(new Shape(0)))
                : new NDList(lowerRows, step.create(NativeMemory.longs(Arrays.copyOf(rows, padded(rows.length)))));
    }

    /// Gradients collected since the last optimizer step, in the order of [#trainableNames()].
    /// There are none before [#optimizer()] was called.
    public List<FloatTensor> gradients() {
        try (NDList gradients = gradientArrays()) {
            return tensors(gradients).read().stream()
                    .map(t -> new FloatTensor(t.name(), t.shape(), t.toArray()))
                    .toList();
        }
    }

    /// The weighted sum of negative log-likelihoods in nats, without a gradient.
    public double loss(PackedBatch batch) {
        float[] scores = score(batch);
        double total = 0;
        for (int i = 0; i < scores.length; i++) {
            total -= scores[i] * batch.weights()[i];
        }
        return total;
    }

    /// Log-probability in nats of each label, `[rows]`.
    public float[] score(PackedBatch batch) {
        return score(batch, false);
    }

    /// The same while it is trained: by the lower layers' outputs where they are kept.
    public float[] scoreInTraining(PackedBatch batch) {
        return score(batch, true);
    }

    private float[] score(PackedBatch batch, boolean inTraining) {
        try (PtNDManager step = memory.newSubManager(memory.getDevice())) {
            NDList arguments = arguments(step, batch);
            arguments.add(step.create(NativeMemory.longs(batch.labels())));
            arguments.addAll(lowerRows(step, batch, inTraining));
            return graph.call(step, "score", arguments).singletonOrThrow().toFloatArray();
        }
    }

    /// Runs what all texts of a data set begin with.
    ///
    /// @param ids perhaps none
    public KnownPrefix prefix(int... ids) {
        PtNDManager own = memory.newSubManager(memory.getDevice());
        try {
            return new KnownPrefix(own, ids, ids.length == 0 ? new NDList(own.create(new Shape())) : run(own, ids));
        } catch (RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    private NDList run(PtNDManager owner, int[] ids) {
        int[] positions = IntStream.range(0, ids.length).toArray();
        PackedBatch batch = new PackedBatch(ids, positions, List.of(new Segment(0, ids.length, Segment.NONE)),
                positions, new int[ids.length], new float[0]);
        try (PtNDManager step = memory.newSubManager(memory.getDevice())) {
            return graph.call(owner, "prefix", arguments(step, batch));
        }
    }

    /// As [#score(PackedBatch)], but that the batch's first segment, the prefix, is not run again.
    public float[] score(PackedBatch batch, KnownPrefix prefix) {
        prefix.refuseForeign(batch);
        try (PtNDManager step = memory.newSubManager(memory.getDevice())) {
            NDList arguments = arguments(step, parameters(), batch, prefix.length());
            arguments.add(step.create(NativeMemory.longs(batch.labels())));
            arguments.addAll(prefix.keysAndValues());
            return graph.call(step, "score_behind", arguments).singletonOrThrow().toFloatArray();
        }
    }

    /// Logits at the batch's rows, `[rows, vocabulary]`; its labels are not read.
    public float[][] logits(PackedBatch batch) {
        try (PtNDManager step = memory.newSubManager(memory.getDevice())) {
            float[] flat = graph.call(step, "logits", arguments(step, batch)).singletonOrThrow().toFloatArray();
            float[][] rows = new float[batch.rows().length][config.vocabulary()];
            for (int r = 0; r < rows.length; r++) {
                System.arraycopy(flat, r * config.vocabulary(), rows[r], 0, config.vocabulary());
            }
            return rows;
        }
    }

    /// Begins to write behind prompts.
    ///
    /// @param prompts the packed prompts; each row is the last token of one of them, in order, and
    ///     labels are not read
    /// @param paths for each prompt the indices of its tokens in the batch, its first token first
    /// @param room most tokens that will be written behind a prompt
    public Decoding decoding(PackedBatch prompts, int[][] paths, int room) {
        try (KnownPrefix none = prefix()) {
            return decoding(prompts, paths, room, none);
        }
    }

    /// The same behind a prefix that was run before: the first segment of the prompts.
    Decoding decoding(PackedBatch prompts, int[][] paths, int room, KnownPrefix prefix) {
        prefix.refuseForeign(prompts);
        return new Decoding(this, graph, memory, prompts, paths, room, prefix);
    }

    /// Weights and adapters, as every method takes them first.
    private NDList parameters() {
        NDList parameters = new NDList(weights);
        parameters.addAll(adapters);
        return parameters;
    }

    /// The same as they are while nothing is trained: factors of outputs in the places of
    /// magnitudes, computed once.
    ///
    /// @param scope owner of what is computed
    NDList settledParameters(PtNDManager scope) {
        NDList settled = parameters();
        if (adapterLayout != null && adapterLayout.magnitudes()) {
            NDList gains = graph.call(scope, "gains", settled);
            settled = new NDList(weights);
            settled.addAll(NativeMemory.named(ADAPTERS, gains));
        }
        return settled;
    }

    NDArray frequencies() {
        return frequencies;
    }

    /// What every method over packed tokens takes, up to the rows.
    private NDList arguments(PtNDManager step, PackedBatch batch) {
        return arguments(step, parameters(), batch);
    }

    NDList arguments(PtNDManager step, NDList parameters, PackedBatch batch) {
        return arguments(step, parameters, batch, 0);
    }

    /// @param known leading tokens that were run before
    NDList arguments(PtNDManager step, NDList parameters, PackedBatch batch, int known) {
        refuseForeign(batch);
        int granule = precision == Precision.BF16 ? GRID : 1; // fp32 attention is another library's
        AttentionPlan plan = AttentionPlan.of(batch.segments(), batch.tokens(), config.kinds(), granule, known);
        NDList arguments = new NDList(parameters);
        int padded = padded(batch.tokens() - known);
        arguments.add(step.create(NativeMemory.longs(Arrays.copyOfRange(batch.ids(), known, known + padded))));
        arguments.add(step.create(NativeMemory.longs(Arrays.copyOfRange(batch.positions(), known, known + padded))));
        arguments.add(frequencies);
        arguments.add(device.isProcessor() && plan.isPlain(padded)
                ? step.create(new Shape(0), DataType.INT64)
                : step.create(Arrays.copyOf(plan.inverse(), padded)));
        for (AttentionBlock b : plan.blocks()) {
            arguments.add(named("Q[]", step.create(b.queries(), new Shape(b.members(), b.length()))));
        }
        for (AttentionBlock b : plan.blocks()) {
            arguments.add(named("K[]", step.create(b.keys(), new Shape(b.members(), b.keyLength()))));
        }
        for (int kind = 0; kind < config.kinds().size(); kind++) {
            for (AttentionBlock b : plan.blocks()) {
                Shape shape = new Shape(b.masks(), 1, 1, b.length(), b.keyLength());
                arguments.add(named("M[]", step.create(b.maskByKind().get(kind), shape)));
            }
        }
        arguments.add(step.create(Arrays.stream(batch.rows()).mapToLong(row -> row - known).toArray()));
        return arguments;
    }

    /// The library keeps code for every shape of a bf16 or a packed product: few distinct numbers of tokens
    /// keep that small. What is added belongs to no row, so nothing comes of it.
    private int padded(int tokens) {
        return precision == Precision.BF16 || packed || products == Products.ONEDNN ? Math.ceilDiv(tokens, GRANULE) * GRANULE : tokens;
    }

    private static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }

    private void refuseForeign(PackedBatch batch) {
        for (int id : batch.ids()) {
            if (id < 0 || id >= config.vocabulary()) {
                throw new IllegalArgumentException(
                        "token id " + id + " is outside the model's vocabulary of " + config.vocabulary());
            }
        }
        for (int position : batch.positions()) {
            if (position < 0 || position >= config.context()) {
                throw new IllegalArgumentException(
                        "position " + position + " is outside the model's context of " + config.context() + " tokens");
            }
        }
    }

    @Override
    public void close() {
        graph.close();
        memory.close();
    }
}
