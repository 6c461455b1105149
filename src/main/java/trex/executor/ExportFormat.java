package trex.executor;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What a model can be written as.
public enum ExportFormat {
    /// A folder that the PEFT library loads beside the base model.
    PEFT("peft", "peft"),
    /// A folder that transformers loads, adapters merged.
    HUGGING_FACE("hf", "transformers"),
    /// One file for llama.cpp, half precision.
    GGUF_F16("gguf-f16", "gguf"),
    /// One file for llama.cpp, eight bits a weight.
    GGUF_Q8_0("gguf-q8_0", "gguf");

    private final String id;
    private final String library;

    ExportFormat(String id, String library) {
        this.id = id;
        this.library = library;
    }

    /// The name on the command line.
    public String id() {
        return id;
    }

    /// What loads the files, as model cards name it.
    public String library() {
        return library;
    }

    /// @throws IllegalArgumentException for an unknown name; the message lists the known ones
    public static ExportFormat of(String id) {
        return Arrays.stream(values()).filter(f -> f.id.equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown format \"" + id + "\"; known are "
                        + Arrays.stream(values()).map(ExportFormat::id).collect(Collectors.joining(", "))));
    }
}
