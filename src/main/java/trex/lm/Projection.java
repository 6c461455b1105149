package trex.lm;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import trex.model.LoraTargets;

/// A linear layer of a block: what adapters can sit on.
public enum Projection {
    QUERY("self_attn.q_proj"),
    KEY("self_attn.k_proj"),
    VALUE("self_attn.v_proj"),
    OUTPUT("self_attn.o_proj"),
    GATE("mlp.gate_proj"),
    UP("mlp.up_proj"),
    DOWN("mlp.down_proj");

    private final String path;

    Projection(String path) {
        this.path = path;
    }

    /// The name inside a layer of a Hugging Face Llama model, for example `mlp.up_proj`.
    public String path() {
        return path;
    }

    /// The last part of [#path()], as PEFT names target modules.
    public String module() {
        return path.substring(path.indexOf('.') + 1);
    }

    /// Whether a tensor of this name is the matrix of a linear layer.
    static boolean isWeight(String name) {
        return Arrays.stream(values()).anyMatch(p -> name.endsWith("." + p.path + ".weight"));
    }

    /// Input features.
    public int in(ModelConfig config) {
        return switch (this) {
            case QUERY, KEY, VALUE, GATE, UP -> config.width();
            case OUTPUT -> config.heads() * config.headSize();
            case DOWN -> config.inner();
        };
    }

    /// Output features.
    public int out(ModelConfig config) {
        return switch (this) {
            case QUERY -> config.heads() * config.headSize();
            case KEY, VALUE -> config.keyValueHeads() * config.headSize();
            case OUTPUT, DOWN -> config.width();
            case GATE, UP -> config.inner();
        };
    }

    public static Set<Projection> of(LoraTargets targets) {
        return switch (targets) {
            case QUERY_VALUE -> EnumSet.of(QUERY, VALUE);
            case ATTENTION -> EnumSet.of(QUERY, KEY, VALUE, OUTPUT);
            case MLP -> EnumSet.of(GATE, UP, DOWN);
            case ALL_LINEAR -> EnumSet.allOf(Projection.class);
        };
    }

    /// Those of the targets that a model has.
    public static Set<Projection> of(LoraTargets targets, ModelConfig config) {
        Set<Projection> all = of(targets);
        if (!config.family().gated()) {
            all.remove(GATE);
        }
        return all;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
