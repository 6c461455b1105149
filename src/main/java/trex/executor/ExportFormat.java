package trex.executor;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What a model can be written as.
public enum ExportFormat {
    /// A folder that the PEFT library loads beside the base model.
    PEFT("peft"),
    /// A folder that transformers loads, adapters merged.
    HUGGING_FACE("hf"),
    /// One file for llama.cpp, half precision.
    GGUF_F16("gguf-f16"),
    /// One file for llama.cpp, eight bits a weight.
    GGUF_Q8_0("gguf-q8_0");

    private final String id;

    ExportFormat(String id) {
        this.id = id;
    }

    /// The name on the command line.
    public String id() {
        return id;
    }

    /// @throws IllegalArgumentException for an unknown name; the message lists the known ones
    public static ExportFormat of(String id) {
        return Arrays.stream(values()).filter(f -> f.id.equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown format \"" + id + "\"; known are "
                        + Arrays.stream(values()).map(ExportFormat::id).collect(Collectors.joining(", "))));
    }
}
