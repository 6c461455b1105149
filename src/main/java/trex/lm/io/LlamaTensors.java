package trex.lm.io;

import java.util.LinkedHashMap;
import java.util.Map;
import trex.lm.ModelConfig;

/// The tensors of a Llama model: canonical names and shapes, in the order of the forward pass.
public final class LlamaTensors {
    private LlamaTensors() {}

    public static Map<String, long[]> shapes(ModelConfig c) {
        long width = c.width();
        long queries = (long) c.heads() * c.headSize();
        long keys = (long) c.keyValueHeads() * c.headSize();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("model.embed_tokens.weight", new long[] {c.vocabulary(), width});
        for (int layer = 0; layer < c.layers(); layer++) {
            String block = "model.layers." + layer + ".";
            shapes.put(block + "input_layernorm.weight", new long[] {width});
            shapes.put(block + "self_attn.q_proj.weight", new long[] {queries, width});
            shapes.put(block + "self_attn.k_proj.weight", new long[] {keys, width});
            shapes.put(block + "self_attn.v_proj.weight", new long[] {keys, width});
            shapes.put(block + "self_attn.o_proj.weight", new long[] {width, queries});
            shapes.put(block + "post_attention_layernorm.weight", new long[] {width});
            shapes.put(block + "mlp.gate_proj.weight", new long[] {c.inner(), width});
            shapes.put(block + "mlp.up_proj.weight", new long[] {c.inner(), width});
            shapes.put(block + "mlp.down_proj.weight", new long[] {width, c.inner()});
        }
        shapes.put("model.norm.weight", new long[] {width});
        if (!c.tiedEmbeddings()) {
            shapes.put("lm_head.weight", new long[] {c.vocabulary(), width});
        }
        return shapes;
    }
}
