package trex.lm;

/// Families of decoders, and what sets each apart from Llama.
public enum Family {
    LLAMA("llama", "LlamaForCausalLM"),
    MISTRAL("mistral", "MistralForCausalLM"),
    QWEN2("qwen2", "Qwen2ForCausalLM"),
    QWEN3("qwen3", "Qwen3ForCausalLM"),
    GEMMA2("gemma2", "Gemma2ForCausalLM"),
    GEMMA3("gemma3_text", "Gemma3ForCausalLM"),
    PHI3("phi3", "Phi3ForCausalLM"),
    GPT2("gpt2", "GPT2LMHeadModel");

    private final String modelType;
    private final String architecture;

    Family(String modelType, String architecture) {
        this.modelType = modelType;
        this.architecture = architecture;
    }

    /// The `model_type` of `config.json`.
    public String modelType() {
        return modelType;
    }

    /// The class of transformers that runs it.
    public String architecture() {
        return architecture;
    }

    /// Whether a projection adds a bias.
    public boolean biased(Projection projection) {
        return switch (this) {
            case QWEN2 -> projection == Projection.QUERY || projection == Projection.KEY || projection == Projection.VALUE;
            case GPT2 -> true;
            case LLAMA, MISTRAL, QWEN3, GEMMA2, GEMMA3, PHI3 -> false;
        };
    }

    /// Whether each head's queries and keys are normalised before they are rotated.
    public boolean normalisesHeads() {
        return this == QWEN3 || this == GEMMA3;
    }

    /// Whether norms follow attention and the inner layer as well as precede them, norms scale by
    /// `1 + weight`, and embeddings by the root of the width.
    public boolean isGemma() {
        return this == GEMMA2 || this == GEMMA3;
    }

    /// Whether the inner layer multiplies by a gate.
    public boolean gated() {
        return this != GPT2;
    }

    /// Whether positions are learned vectors and norms subtract the mean.
    public boolean isGpt2() {
        return this == GPT2;
    }

    /// Whether a Hugging Face folder holds the tensors one by one, as they are called here.
    public boolean storedApart() {
        return this != PHI3 && this != GPT2;
    }
}
