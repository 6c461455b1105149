package trex.lm.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import trex.lm.BaseModel;
import trex.lm.Family;
import trex.lm.LayerKind;
import trex.lm.ModelConfig;
import trex.lm.ModelWeights;
import trex.lm.UnreadableModel;
import trex.lm.RopeScaling;
import trex.lm.WeightLayout;
import trex.lm.text.ByteLevelBpe;
import trex.lm.text.FastTokenizer;
import trex.lm.text.JinjaTemplate;

/// Writes a model as one GGUF file that llama.cpp loads.
public final class GgufExport {
    private GgufExport() {}

    /// @param weights what is written, of the shape of `base`
    /// @param base gives tokenizer and chat template
    /// @param type `F32`, `F16` or `Q8_0`, of the matrices; norms are always fp32
    /// @throws java.nio.file.FileAlreadyExistsException if there is something of that name
    /// @throws UnreadableModel if the tokenizer has no GGUF form here, or a weight is no number
    public static void write(Path file, String name, ModelWeights weights, BaseModel base, TensorType type)
            throws IOException, UnreadableModel {
        if (!(base.tokenizer() instanceof FastTokenizer tokenizer)) {
            throw new UnreadableModel("The base model's tokenizer is no byte-level byte-pair tokenizer; "
                    + "such models cannot be written as GGUF yet");
        }
        refuseOtherMaths(weights.config());
        List<StoredTensor> tensors = tensors(weights, type);
        GgufHead head = head(name, weights.config(), type);
        putTokenizer(head, tokenizer, base);
        try (TensorSink sink = new TensorSink(file)) {
            sink.write(head.bytes(tensors));
            for (StoredTensor tensor : tensors) {
                sink.pad(GgufHead.ALIGNMENT);
                sink.write(tensor);
            }
            sink.pad(GgufHead.ALIGNMENT);
            sink.force();
        }
    }

    private static void refuseOtherMaths(ModelConfig config) throws UnreadableModel {
        boolean known = switch (config.family()) {
            case LLAMA, MISTRAL, QWEN2, QWEN3, PHI3, GPT2 -> true;
            case GEMMA2, GEMMA3 -> false;
        };
        LayerKind kind = config.kinds().getFirst();
        if (!known || config.kinds().size() > 1 || kind.window() > 0 || !(kind.scaling() instanceof RopeScaling.None)) {
            throw new UnreadableModel("Models of the family " + config.family().modelType()
                    + ", or with sliding windows or scaled positions, cannot be written as GGUF yet; choose hf");
        }
    }

    /// What llama.cpp calls the family.
    private static String architecture(ModelConfig config) {
        return isLlama(config) ? "llama" : config.family().modelType();
    }

    private static boolean isLlama(ModelConfig config) {
        return config.family() == Family.LLAMA || config.family() == Family.MISTRAL;
    }

    private static GgufHead head(String name, ModelConfig c, TensorType type) {
        String prefix = architecture(c) + ".";
        GgufHead head = new GgufHead()
                .put("general.architecture", architecture(c))
                .put("general.type", "model")
                .put("general.name", name)
                .put("general.file_type", type == TensorType.F32 ? 0 : type == TensorType.F16 ? 1 : 7)
                .put("general.quantization_version", 2)
                .put(prefix + "block_count", c.layers())
                .put(prefix + "context_length", c.context())
                .put(prefix + "embedding_length", c.width())
                .put(prefix + "feed_forward_length", c.inner())
                .put(prefix + "attention.head_count", c.heads())
                .put(prefix + "vocab_size", c.vocabulary());
        return c.family().isGpt2()
                ? head.put(prefix + "attention.layer_norm_epsilon", (float) c.normEpsilon())
                : rotary(head, prefix, c);
    }

    private static GgufHead rotary(GgufHead head, String prefix, ModelConfig c) {
        return head.put(prefix + "attention.head_count_kv", c.keyValueHeads())
                .put(prefix + "attention.key_length", c.headSize())
                .put(prefix + "attention.value_length", c.headSize())
                .put(prefix + "attention.layer_norm_rms_epsilon", (float) c.normEpsilon())
                .put(prefix + "rope.freq_base", (float) c.ropeTheta())
                .put(prefix + "rope.dimension_count", c.headSize());
    }

    private static void putTokenizer(GgufHead head, FastTokenizer tokenizer, BaseModel base) throws UnreadableModel {
        ByteLevelBpe pairs = ByteLevelBpe.parse(tokenizer.json());
        List<String> tokens = new ArrayList<>(pairs.tokens());
        List<Integer> types = new ArrayList<>();
        for (int id = 0; id < base.config().vocabulary(); id++) {
            boolean unused = id >= tokens.size();
            if (unused) {
                tokens.add("[PAD" + id + "]");
            }
            types.add(unused ? 5 : pairs.special().contains(id) ? 3 : pairs.userDefined().contains(id) ? 4 : 1);
        }
        OptionalInt start = tokenizer.startOfText();
        head.put("tokenizer.ggml.model", "gpt2")
                .put("tokenizer.ggml.pre", switch (pairs.split()) {
                    case GPT2 -> "gpt-2";
                    case DIGITS_THEN_GPT2 -> "smollm";
                    case LLAMA3 -> "llama-bpe";
                    case QWEN2 -> "qwen2";
                })
                .putTexts("tokenizer.ggml.tokens", tokens)
                .putInts("tokenizer.ggml.token_type", types)
                .putTexts("tokenizer.ggml.merges", pairs.merges())
                .put("tokenizer.ggml.eos_token_id", tokenizer.endOfText())
                .put("tokenizer.ggml.bos_token_id", start.orElse(tokenizer.endOfText()))
                .put("tokenizer.ggml.add_bos_token", start.isPresent());
        if (base.chat() instanceof JinjaTemplate template) {
            head.put("tokenizer.chat_template", template.source());
        }
    }

    private static List<StoredTensor> tensors(ModelWeights weights, TensorType type) {
        ModelConfig config = weights.config();
        boolean apart = config.family().storedApart();
        List<StoredTensor> tensors = new WeightLayout(config).shapes().keySet().stream()
                .filter(name -> apart || !StackedTensors.isLinear(name))
                .map(name -> tensor(weights, name, type))
                .collect(Collectors.toCollection(ArrayList::new));
        for (int layer = 0; !apart && layer < config.layers(); layer++) {
            for (Stacking stacking : Stacking.of(config.family())) {
                tensors.addAll(stacked(weights, stacking, layer, type));
            }
        }
        return tensors;
    }

    private static List<StoredTensor> stacked(ModelWeights weights, Stacking stacking, int layer, TensorType type) {
        ModelConfig config = weights.config();
        String name = "blk." + layer + "." + stacking.ggufName();
        long[] shape = {stacking.rows(config), stacking.columns(config)};
        StoredTensor weight = new StoredTensor(name + ".weight", stored(shape, type), shape,
                target -> StackedTensors.stack(weights, stacking, layer, ".weight", target));
        if (!config.family().biased(stacking.parts().getFirst())) {
            return List.of(weight);
        }
        return List.of(weight, new StoredTensor(name + ".bias", TensorType.F32, new long[] {shape[0]},
                target -> StackedTensors.stack(weights, stacking, layer, ".bias", target)));
    }

    /// Vectors are fp32; rows that do not fill blocks are fp16.
    private static TensorType stored(long[] shape, TensorType type) {
        boolean fits = shape.length > 1 && shape[shape.length - 1] % type.blockElements() == 0;
        return shape.length == 1 ? TensorType.F32 : fits ? type : TensorType.F16;
    }

    private static StoredTensor tensor(ModelWeights weights, String name, TensorType type) {
        long[] shape = weights.shape(name);
        boolean positions = name.equals(WeightLayout.POSITIONS); // llama.cpp adds them in fp32
        TensorType stored = positions ? TensorType.F32 : stored(shape, type);
        boolean rotated = isLlama(weights.config())
                && (name.endsWith("q_proj.weight") || name.endsWith("k_proj.weight"));
        StoredTensor.Fill fill = rotated
                ? target -> copyPaired(weights, name, target)
                : target -> weights.copyTo(name, target);
        return new StoredTensor(GgufNames.of(name), stored, shape, fill);
    }

    /// Lays the rotary pairs of each head side by side: row `p headSize / 2 + i` becomes `2 i + p`.
    private static void copyPaired(ModelWeights weights, String name, MemorySegment target) throws UnreadableModel {
        int size = weights.config().headSize();
        long rows = weights.shape(name)[0];
        long rowBytes = target.byteSize() / rows;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment halves = arena.allocate(target.byteSize(), Float.BYTES);
            weights.copyTo(name, halves);
            for (long row = 0; row < rows; row++) {
                long inHead = row % size;
                long to = row - inHead + 2 * (inHead % (size / 2)) + inHead / (size / 2);
                MemorySegment.copy(halves, row * rowBytes, target, to * rowBytes, rowBytes);
            }
        }
    }
}
