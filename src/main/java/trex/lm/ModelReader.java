package trex.lm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import trex.lm.io.FileKind;
import trex.lm.io.GgufModel;
import trex.lm.io.HuggingFaceFolder;
import trex.lm.io.Llama2cModel;
import trex.lm.io.PeftAdapter;
import trex.lm.io.StackedAdapters;
import trex.lm.io.WeightDigest;

/// Opens a base model, whatever form it lies in. The form is told by the content.
public final class ModelReader {
    private ModelReader() {}

    /// Opens a Hugging Face folder, a folder of PEFT adapters whose base model is here, a GGUF file
    /// (or a folder with nothing else), or a llama2.c file. Takes a fraction of a second: weights stay in their file until they are copied.
    ///
    /// @throws UnreadableModel if the files are missing, damaged, or not supported
    public static BaseModel open(Path path) throws UnreadableModel {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.isDirectory(absolute)) {
            return folder(absolute);
        }
        if (!Files.exists(absolute)) {
            throw new UnreadableModel(absolute, "there is no such file or folder");
        }
        return file(absolute);
    }

    private static BaseModel folder(Path folder) throws UnreadableModel {
        if (PeftAdapter.isIn(folder)) {
            return adapted(folder);
        }
        if (!Files.exists(folder.resolve("config.json"))) {
            List<Path> single = ggufFiles(folder);
            if (single.size() == 1) {
                return file(single.getFirst());
            }
            throw new UnreadableModel(folder, single.isEmpty()
                    ? "the folder has neither config.json nor a GGUF file"
                    : "the folder has " + single.size() + " GGUF files; name one of them");
        }
        return HuggingFaceFolder.read(folder);
    }

    /// A base model with adapters merged into it.
    private static BaseModel adapted(Path folder) throws UnreadableModel {
        PeftAdapter adapter = PeftAdapter.read(folder);
        Path path = folder.resolve(adapter.base());
        if (adapter.base().isEmpty() || !Files.exists(path) || PeftAdapter.isIn(path)) {
            throw new UnreadableModel(folder, "its base model \"" + adapter.base() + "\" is no model file or folder here; "
                    + "put its path into base_model_name_or_path of " + PeftAdapter.CONFIG);
        }
        if (!adapter.baseDigest().isEmpty() && !adapter.baseDigest().equals(WeightDigest.of(path))) {
            throw new UnreadableModel(folder, "it was trained on another base model than " + path + ": the SHA-256 of that "
                    + "one's weights should be " + adapter.baseDigest());
        }
        BaseModel base = open(path);
        try {
            List<FloatTensor> tensors = StackedAdapters.apart(base.config(), adapter.tensors());
            return new BaseModel(TunedWeights.owning(base.weights(), tensors, adapter.scale()),
                    base.tokenizer(), base.chat());
        } catch (UnreadableModel | RuntimeException e) {
            base.close();
            throw e;
        }
    }

    private static BaseModel file(Path file) throws UnreadableModel {
        return switch (FileKind.of(file)) {
            case GGUF -> GgufModel.read(file);
            case LLAMA2C -> Llama2cModel.read(file);
            case SAFETENSORS -> throw new UnreadableModel(file,
                    "these are weights without their configuration; name the folder that has config.json");
        };
    }

    private static List<Path> ggufFiles(Path folder) throws UnreadableModel {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".gguf")).sorted().toList();
        } catch (IOException e) {
            throw new UnreadableModel(folder, "the folder cannot be listed: " + e.getMessage(), e);
        }
    }
}
