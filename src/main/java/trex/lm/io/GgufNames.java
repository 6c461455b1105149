package trex.lm.io;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What llama.cpp calls the tensors of models, but for linear layers that it stacks.
final class GgufNames {
    /// A layer's tensor: number, name, `weight` or `bias`.
    static final Pattern BLOCK = Pattern.compile("blk\\.(\\d+)\\.(\\w+)\\.(weight|bias)");

    private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d+)\\.([\\w.]+)\\.(weight|bias)");

    private static final Map<String, String> OUTER = Map.of(
            "token_embd.weight", "model.embed_tokens.weight",
            "output_norm.weight", "model.norm.weight",
            "output_norm.bias", "model.norm.bias",
            "position_embd.weight", "model.embed_positions.weight",
            "output.weight", "lm_head.weight");

    private static final Map<String, String> INNER = Map.ofEntries(
            Map.entry("attn_norm", "input_layernorm"),
            Map.entry("attn_q", "self_attn.q_proj"),
            Map.entry("attn_q_norm", "self_attn.q_norm"),
            Map.entry("attn_k", "self_attn.k_proj"),
            Map.entry("attn_k_norm", "self_attn.k_norm"),
            Map.entry("attn_v", "self_attn.v_proj"),
            Map.entry("attn_output", "self_attn.o_proj"),
            Map.entry("ffn_norm", "post_attention_layernorm"),
            Map.entry("ffn_gate", "mlp.gate_proj"),
            Map.entry("ffn_up", "mlp.up_proj"),
            Map.entry("ffn_down", "mlp.down_proj"));

    private static final Map<String, String> OUTER_BACK = inverse(OUTER);
    private static final Map<String, String> INNER_BACK = inverse(INNER);

    private GgufNames() {}

    /// The canonical name, or null for any other tensor.
    static @Nullable String canonical(String name) {
        Matcher block = BLOCK.matcher(name);
        if (!block.matches()) {
            return OUTER.get(name);
        }
        String part = INNER.get(block.group(2));
        return part == null ? null : "model.layers." + block.group(1) + "." + part + "." + block.group(3);
    }

    /// The name in a GGUF file.
    ///
    /// @throws IllegalArgumentException for a name that is not canonical
    static String of(String canonical) {
        Matcher layer = LAYER.matcher(canonical);
        String name = layer.matches() ? INNER_BACK.get(layer.group(2)) : OUTER_BACK.get(canonical);
        if (name == null) {
            throw new IllegalArgumentException("no tensor with a name in GGUF: " + canonical);
        }
        return layer.matches() ? "blk." + layer.group(1) + "." + name + "." + layer.group(3) : name;
    }

    private static Map<String, String> inverse(Map<String, String> map) {
        return map.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));
    }
}
