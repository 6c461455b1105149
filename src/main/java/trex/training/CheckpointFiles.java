package trex.training;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trex.json.Json;
import trex.lm.AdamW;
import trex.lm.AdapterLayout;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.lm.ModelWeights;
import trex.lm.Projection;
import trex.lm.UnreadableModel;
import trex.model.Precision;

/// The files of a checkpoint's folder. The adapter is in PEFT's own form.
public final class CheckpointFiles {
    private static final String ADAPTER = "adapter_model.safetensors";
    private static final String ADAPTER_CONFIG = "adapter_config.json";
    private static final String MODEL = "model.safetensors";
    private static final String MOMENTS = "moments.safetensors";
    private static final String PROGRESS = "progress.json";
    private static final String PEFT_PREFIX = "base_model.model.";

    private CheckpointFiles() {}

    static void write(Path folder, LanguageModel model, AdamW optimizer, Progress progress) throws IOException {
        AdapterLayout adapters = model.adapters();
        Map<String, String> metadata = Map.of("format", "pt");
        if (adapters == null) {
            TensorFile.write(folder.resolve(MODEL), model.trainable(), metadata);
        } else {
            TensorFile.write(folder.resolve(ADAPTER), underPeftNames(model.trainable()), metadata);
            writeText(folder.resolve(ADAPTER_CONFIG), Json.mapper().writeValueAsString(peftConfig(adapters)));
        }
        TensorFile.write(folder.resolve(MOMENTS), optimizer.moments(), metadata);
        writeText(folder.resolve(PROGRESS), Json.mapper().writeValueAsString(progress));
    }

    private static void writeText(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static List<FloatTensor> underPeftNames(List<FloatTensor> adapters) {
        return adapters.stream()
                .map(t -> new FloatTensor(PEFT_PREFIX + t.name(), t.shape(), t.values()))
                .toList();
    }

    private static Map<String, Object> peftConfig(AdapterLayout adapters) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("peft_type", "LORA");
        config.put("task_type", "CAUSAL_LM");
        config.put("r", adapters.rank());
        config.put("lora_alpha", adapters.scale() * adapters.rank());
        config.put("lora_dropout", 0.0);
        config.put("bias", "none");
        config.put("target_modules", adapters.projections().stream().map(Projection::module).toList());
        config.put("inference_mode", true);
        return config;
    }

    static Progress progress(Path folder) throws IOException {
        return Json.mapper().readValue(folder.resolve(PROGRESS).toFile(), Progress.class);
    }

    /// Puts a checkpoint's weights into a model that was opened with the same method.
    public static void restore(Path folder, LanguageModel model) throws UnreadableModel {
        if (model.adapters() == null) {
            TensorFile.readInto(folder.resolve(MODEL), model.trainable());
        } else {
            TensorFile.readInto(folder.resolve(ADAPTER), underPeftNames(model.trainable()));
        }
    }

    static void restore(Path folder, AdamW optimizer) throws UnreadableModel {
        TensorFile.readInto(folder.resolve(MOMENTS), optimizer.moments());
    }

    /// Opens the tuned model of a checkpoint.
    ///
    /// @param base weights of the model that it was tuned from
    /// @throws IOException where the checkpoint's own notes cannot be read
    public static LanguageModel open(Path folder, ModelWeights base) throws IOException, UnreadableModel {
        Progress progress = progress(folder);
        LanguageModel model = LanguageModel.tunable(base, progress.precision(), progress.method(), 0);
        try {
            restore(folder, model);
            return model;
        } catch (UnreadableModel | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /// Whether a file of a checkpoint is needed to go on training and not to use the model: the
    /// optimizer's moments, two thirds of what a checkpoint takes.
    public static boolean servesResumingOnly(Path file) {
        return file.endsWith(MOMENTS);
    }

    /// The number format that a checkpoint was trained in.
    public static Precision precision(Path folder) throws IOException {
        return progress(folder).precision();
    }
}
