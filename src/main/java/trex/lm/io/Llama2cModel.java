package trex.lm.io;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import trex.lm.BaseModel;
import trex.lm.ModelConfig;
import trex.lm.UnreadableModel;
import trex.lm.WeightLayout;
import trex.lm.text.Llama2cText;

/// Reads a llama2.c file (version 0, <https://github.com/karpathy/llama2.c>): seven whole numbers,
/// then the weights in fp32, layer after layer of each kind. Its tokenizer is the file beside it.
public final class Llama2cModel {
    private static final int HEADER = 7 * 4;

    private static final int MOST_LAYERS = 4096;

    private final MappedFile file;
    private final ModelConfig config;
    private final Map<String, long[]> shapes;
    private final Map<String, MappedTensor> tensors = new LinkedHashMap<>();
    private long position = HEADER;

    private Llama2cModel(MappedFile file, ModelConfig config) {
        this.file = file;
        this.config = config;
        this.shapes = new WeightLayout(config).shapes();
    }

    public static BaseModel read(Path path) throws UnreadableModel {
        try (Opening opening = new Opening()) {
            MappedFile file = MappedFile.open(path, opening.arena());
            Llama2cModel model = new Llama2cModel(file, config(file));
            model.locate();
            MappedWeights weights = new MappedWeights(path, model.config, model.tensors, opening.arena());
            return opening.done(new BaseModel(weights, Llama2cText.beside(path, model.config.vocabulary()), null));
        }
    }

    /// Whether the first numbers could be a llama2.c header at all.
    static boolean looksLikeOne(MappedFile file) {
        if (file.size() < HEADER) {
            return false;
        }
        for (int field = 0; field < 7; field++) {
            int value = Math.abs(header(file, field));
            if (value < 1 || value > 1 << 24) {
                return false;
            }
        }
        return header(file, 2) <= MOST_LAYERS && header(file, 0) % header(file, 3) == 0;
    }

    private static ModelConfig config(MappedFile file) throws UnreadableModel {
        if (!looksLikeOne(file)) {
            throw new UnreadableModel(file.path(), "it is neither a GGUF nor a llama2.c file");
        }
        int width = header(file, 0);
        int heads = header(file, 3);
        int vocabulary = header(file, 5); // negative: the output projection has weights of its own
        try {
            return new ModelConfig(Math.abs(vocabulary), width, header(file, 2), heads, header(file, 4), width / heads,
                    header(file, 1), header(file, 6), 1e-5, 10_000, vocabulary > 0);
        } catch (IllegalArgumentException e) {
            throw new UnreadableModel(file.path(), "it is no llama2.c file: " + e.getMessage(), e);
        }
    }

    private static int header(MappedFile file, int field) {
        return file.bytes().get(JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN), 4L * field);
    }

    private void locate() throws UnreadableModel {
        whole("model.embed_tokens.weight");
        perLayer("input_layernorm");
        perLayer("self_attn.q_proj");
        perLayer("self_attn.k_proj");
        perLayer("self_attn.v_proj");
        perLayer("self_attn.o_proj");
        perLayer("post_attention_layernorm");
        perLayer("mlp.gate_proj");
        perLayer("mlp.down_proj");
        perLayer("mlp.up_proj");
        whole("model.norm.weight");
        position += 4L * config.context() * config.headSize(); // tables of cosines and sines, unused
        if (!config.tiedEmbeddings()) {
            whole("lm_head.weight");
        }
        if (position != file.size()) {
            throw new UnreadableModel(file.path(), "it is no llama2.c file, or cut short: by its header it should have "
                    + position + " bytes, it has " + file.size());
        }
    }

    private void perLayer(String name) throws UnreadableModel {
        for (int layer = 0; layer < config.layers(); layer++) {
            whole("model.layers." + layer + "." + name + ".weight");
        }
    }

    private void whole(String name) throws UnreadableModel {
        long[] shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalStateException("no shape for " + name);
        }
        long length = TensorType.F32.bytes(MappedTensor.elements(shape));
        MappedTensor tensor = new MappedTensor(TensorType.F32, shape, file.part(position, length, "the tensor " + name), 0);
        boolean rotated = name.endsWith("q_proj.weight") || name.endsWith("k_proj.weight");
        tensors.put(name, rotated ? tensor.paired(config.headSize()) : tensor);
        position += length;
    }
}
