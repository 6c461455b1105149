package trex.training;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import trex.json.Json;
import trex.lm.Descent;
import trex.lm.AdapterLayout;
import trex.lm.ComputeDevice;
import trex.lm.LanguageModel;
import trex.lm.ModelWeights;
import trex.lm.Products;
import trex.lm.TunedWeights;
import trex.lm.UnreadableModel;
import trex.lm.io.OverlaidWeights;
import trex.lm.io.PeftAdapter;
import trex.lm.io.SafetensorsWriter;
import trex.model.Method;
import trex.model.Precision;

/// The files of a checkpoint's folder. The adapter is in PEFT's own form.
public final class CheckpointFiles {
    private static final String MODEL = "model.safetensors";
    private static final String MOMENTS = "moments.safetensors";
    private static final String PROGRESS = "progress.json";
    private static final String STANDING = "standing.json";
    private static final String PRODUCTS = "products.json";

    private CheckpointFiles() {}

    static void write(Path folder, LanguageModel model, Descent optimizer, Progress progress, Standing standing)
            throws IOException {
        AdapterLayout adapters = model.adapters();
        Map<String, String> metadata = Map.of("format", "pt");
        if (adapters == null) {
            SafetensorsWriter.write(folder.resolve(MODEL), model.trainable(), metadata);
        } else {
            PeftAdapter.write(folder, adapters, model.trainable(), model.start(), "", metadata);
        }
        SafetensorsWriter.write(folder.resolve(MOMENTS), optimizer.moments(), metadata);
        writeText(folder.resolve(PROGRESS), Json.mapper().writeValueAsString(progress));
        writeText(folder.resolve(STANDING), Json.mapper().writeValueAsString(standing));
        writeText(folder.resolve(PRODUCTS), Json.mapper().writeValueAsString(model.products()));
    }

    private static void writeText(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    static Progress progress(Path folder) throws IOException {
        return Json.mapper().readValue(folder.resolve(PROGRESS).toFile(), Progress.class);
    }

    static Standing standing(Path folder) throws IOException {
        return Json.mapper().readValue(folder.resolve(STANDING).toFile(), Standing.class);
    }

    /// Puts a checkpoint's weights into a model that was opened with the same method.
    public static void restore(Path folder, LanguageModel model) throws UnreadableModel {
        if (model.adapters() == null) {
            model.change(tensors -> TensorFile.readInto(folder.resolve(MODEL), tensors));
        } else {
            model.departFrom(PeftAdapter.start(folder));
            model.change(tensors ->
                    TensorFile.readInto(folder.resolve(PeftAdapter.WEIGHTS), PeftAdapter.stored(tensors)));
        }
    }

    /// The weights of a checkpoint's model, adapters merged and what stayed frozen the base's,
    /// without a numeric library. Base and result must both be closed.
    public static ModelWeights merged(Path folder, ModelWeights base) throws UnreadableModel {
        if (!isAdapter(folder)) {
            return OverlaidWeights.open(folder.resolve(MODEL), base);
        }
        PeftAdapter adapter = PeftAdapter.read(folder);
        return new TunedWeights(base, adapter.tensors(), adapter.scale());
    }

    /// Whether a checkpoint holds adapters and not a whole model.
    public static boolean isAdapter(Path folder) {
        return Files.exists(folder.resolve(PeftAdapter.CONFIG));
    }

    /// How a checkpoint was tuned.
    public static Method method(Path folder) throws IOException {
        return progress(folder).method();
    }

    static void restore(Path folder, Descent optimizer) throws UnreadableModel {
        optimizer.change(moments -> TensorFile.readInto(folder.resolve(MOMENTS), moments));
    }

    /// Opens the tuned model of a checkpoint, to be measured or asked.
    ///
    /// @param base weights of the model that it was tuned from
    /// @throws IOException where the checkpoint's own notes cannot be read
    public static LanguageModel open(Path folder, ModelWeights base, ComputeDevice device)
            throws IOException, UnreadableModel {
        Progress progress = progress(folder);
        if (!(progress.method() instanceof Method.Lora lora)) {
            try (ModelWeights whole = merged(folder, base)) {
                return LanguageModel.frozen(whole, device, progress.precision());
            }
        }
        LanguageModel model = LanguageModel.adapted(
                base, device, progress.precision(), lora, PeftAdapter.start(folder));
        try {
            restore(folder, model);
            return model;
        } catch (UnreadableModel | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /// Whether a file of a checkpoint is needed to go on training and not to use the model: the
    /// optimizer's moments, with AdamW two thirds of what a checkpoint takes, and earlier states.
    public static boolean servesResumingOnly(Path file) {
        return file.endsWith(MOMENTS) || RecentStates.isState(file);
    }

    /// The number format that a checkpoint was trained in.
    public static Precision precision(Path folder) throws IOException {
        return progress(folder).precision();
    }

    /// What multiplied fp32 matrices in a training, which must go on with it to the same bits.
    public static Products products(Path folder) throws IOException {
        Path file = folder.resolve(PRODUCTS);
        return Files.exists(file) ? Json.mapper().readValue(file.toFile(), Products.class) : Products.LIBRARY;
    }
}
