package trex.executor;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import trex.fetch.Folders;
import trex.fetch.ModelCatalogue;
import trex.fetch.ModelEntry;
import trex.lm.AdapterLayout;
import trex.lm.BaseModel;
import trex.lm.ModelWeights;
import trex.lm.UnreadableModel;
import trex.lm.io.GgufExport;
import trex.lm.io.HuggingFaceExport;
import trex.lm.io.PeftAdapter;
import trex.lm.io.TensorType;
import trex.lm.io.WeightDigest;
import trex.model.Checkpoint;
import trex.model.FailureKind;
import trex.model.Method;
import trex.training.CheckpointFiles;

/// Writes models for other programs. A folder appears under its name only when it is whole.
final class Export {
    private final BaseModels models;

    /// @param home the program's home folder
    Export(Path home) {
        models = new BaseModels(home);
    }

    void write(ExportRequest request) throws WorkFailed, IOException, UnreadableModel {
        Path target = Path.of(request.target()).toAbsolutePath();
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (BaseModel base = models.open(request.model().base())) {
            Folders.remove(part);
            Files.createDirectories(part);
            fill(part, request, base);
            Files.writeString(part.resolve("README.md"), request.card());
            FolderDigest.seal(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.remove(part);
        }
    }

    private static void fill(Path folder, ExportRequest request, BaseModel base)
            throws WorkFailed, IOException, UnreadableModel {
        if (request.format() == ExportFormat.PEFT) {
            adapters(folder, request.model(), base);
            return;
        }
        Checkpoint checkpoint = request.model().checkpoint();
        if (checkpoint == null) {
            merged(folder, request, base.weights(), base);
            return;
        }
        try (ModelWeights weights = CheckpointFiles.merged(whole(checkpoint), base.weights())) {
            merged(folder, request, weights, base);
        }
    }

    private static void merged(Path folder, ExportRequest request, ModelWeights weights, BaseModel base)
            throws IOException, UnreadableModel {
        switch (request.format()) {
            case HUGGING_FACE -> HuggingFaceExport.write(folder, weights, base, usual(base.weights()));
            case GGUF_F16 -> GgufExport.write(gguf(folder, request, "F16"), request.name(), weights, base, TensorType.F16);
            case GGUF_Q8_0 -> GgufExport.write(gguf(folder, request, "Q8_0"), request.name(), weights, base, TensorType.Q8_0);
            case PEFT -> throw new IllegalArgumentException("adapters are not merged");
        }
    }

    private static Path gguf(Path folder, ExportRequest request, String type) {
        return folder.resolve(request.name() + "-" + type + ".gguf");
    }

    /// As wide as the base model's weights: fp32 or bf16 where they all are, else fp16.
    private static TensorType usual(ModelWeights base) {
        Set<TensorType> matrices = base.names().stream()
                .filter(name -> base.shape(name).length > 1)
                .map(base::type)
                .collect(Collectors.toSet());
        boolean whole = matrices.equals(Set.of(TensorType.F32)) || matrices.equals(Set.of(TensorType.BF16));
        return whole ? matrices.iterator().next() : TensorType.F16;
    }

    private static void adapters(Path folder, TunedModel model, BaseModel base) throws WorkFailed, IOException, UnreadableModel {
        Checkpoint checkpoint = model.checkpoint();
        if (checkpoint == null) {
            throw new WorkFailed(FailureKind.INPUT, "The untouched base model has no adapters to write; choose hf or gguf");
        }
        Path source = whole(checkpoint);
        if (!(CheckpointFiles.method(source) instanceof Method.Lora lora)) {
            throw new WorkFailed(FailureKind.INPUT,
                    "Every weight of this model was trained, so it has no adapters to write; choose hf or gguf");
        }
        PeftAdapter adapter = PeftAdapter.read(source);
        AdapterLayout layout = AdapterLayout.of(lora, base.config()).withRank(adapter.rank());
        Map<String, String> notes =
                Map.of("format", "pt", PeftAdapter.BASE_DIGEST, WeightDigest.of(Path.of(model.base().path())));
        if (base.config().family().storedApart()) {
            PeftAdapter.write(folder, layout, adapter.tensors(), List.of(), home(model), notes);
        } else if (layout.magnitudes()) {
            throw new WorkFailed(FailureKind.INPUT, "PEFT holds several projections of a "
                    + base.config().family().modelType() + " model as one, whose magnitudes (DoRA) would be others; choose hf");
        } else {
            PeftAdapter.writeStacked(folder, base.config(), layout, adapter.tensors(), home(model), notes);
        }
    }

    /// Where PEFT finds the base model: at its publisher's, else on this machine.
    private static String home(TunedModel model) {
        return ModelCatalogue.builtIn().stream()
                .filter(entry -> entry.name().equals(model.base().name()) && !entry.publisher().isEmpty())
                .map(ModelEntry::publisher)
                .findFirst().orElse(model.base().path());
    }

    /// The checkpoint's folder, as it was when it was written.
    static Path whole(Checkpoint checkpoint) throws WorkFailed, IOException {
        Path folder = Path.of(checkpoint.path());
        if (!FolderDigest.verify(folder).filter(checkpoint.sha256()::equals).isPresent()) {
            throw new WorkFailed(FailureKind.INPUT,
                    "The checkpoint " + folder + " is gone or was changed since it was written; train it again");
        }
        return folder;
    }
}
