package trex.lm.io;

import java.util.List;
import trex.lm.Family;
import trex.lm.ModelConfig;
import trex.lm.Projection;

/// Linear layers that files hold as one, their outputs one above the other.
///
/// @param name inside a layer of a Hugging Face folder
/// @param ggufName inside a block of a GGUF file
/// @param parts from top to bottom, at least one
record Stacking(String name, String ggufName, List<Projection> parts) {
    Stacking {
        parts = List.copyOf(parts);
    }

    /// Those of a family that does not store them apart, which are all of its linear layers.
    static List<Stacking> of(Family family) {
        List<Projection> attention = List.of(Projection.QUERY, Projection.KEY, Projection.VALUE);
        return switch (family) {
            case PHI3 -> List.of(
                    new Stacking("self_attn.qkv_proj", "attn_qkv", attention),
                    new Stacking("self_attn.o_proj", "attn_output", List.of(Projection.OUTPUT)),
                    new Stacking("mlp.gate_up_proj", "ffn_up", List.of(Projection.GATE, Projection.UP)),
                    new Stacking("mlp.down_proj", "ffn_down", List.of(Projection.DOWN)));
            case GPT2 -> List.of(
                    new Stacking("attn.c_attn", "attn_qkv", attention),
                    new Stacking("attn.c_proj", "attn_output", List.of(Projection.OUTPUT)),
                    new Stacking("mlp.c_fc", "ffn_up", List.of(Projection.UP)),
                    new Stacking("mlp.c_proj", "ffn_down", List.of(Projection.DOWN)));
            case LLAMA, MISTRAL, QWEN2, QWEN3, GEMMA2, GEMMA3 ->
                    throw new IllegalArgumentException(family + " stores its linear layers apart");
        };
    }

    /// What the names of a layer's tensors begin with.
    static String block(Family family, int layer) {
        return (family.isGpt2() ? "transformer.h." : "model.layers.") + layer + ".";
    }

    int rows(ModelConfig config) {
        return parts.stream().mapToInt(part -> part.out(config)).sum();
    }

    int columns(ModelConfig config) {
        return parts.getFirst().in(config);
    }
}
