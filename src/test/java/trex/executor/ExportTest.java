package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trex.fetch.ModelCatalogue;
import trex.json.Json;
import trex.lm.AdapterLayout;
import trex.lm.BaseModel;
import trex.lm.FloatTensor;
import trex.lm.ModelReader;
import trex.lm.Projection;
import trex.lm.io.PeftAdapter;
import trex.lm.io.SafetensorsFile;
import trex.model.Checkpoint;
import trex.model.LoraInit;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.ModelFiles;

/// Models of the embedded base model's shape, written for other programs and read again.
class ExportTest {
    private static final Method.Lora LORA = new Method.Lora(1, 4, LoraTargets.QUERY_VALUE);
    private static final String QUERY = "model.layers.0.self_attn.q_proj";
    private static final int WIDTH = 128;

    @TempDir Path home;

    @BeforeEach
    void needsTheEmbeddedModel() {
        TinyStudy.assumeModel();
    }

    private static ModelFiles base() throws IOException {
        return new ModelFiles("nano", TinyStudy.model().toString(),
                TinyStudy.digest(TinyStudy.model()));
    }

    /// Adds 4 * 0.5 * 0.25 = 0.5 to the first weight of the first query matrix.
    private Checkpoint checkpoint() throws IOException {
        return checkpoint(LORA, List.of(adapter("A", 0.5f), adapter("B", 0.25f)), List.of());
    }

    private Checkpoint checkpoint(Method.Lora method, List<FloatTensor> tensors, List<FloatTensor> start) throws IOException {
        Path folder = Files.createDirectory(home.resolve("checkpoint"));
        List<Projection> projections = List.of(Projection.QUERY, Projection.VALUE);
        PeftAdapter.write(folder, new AdapterLayout(1, 4, projections, method.magnitudes(), 0), tensors, start, "", Map.of());
        Files.writeString(folder.resolve("progress.json"), """
                {"step": 1, "digest": "", "method": %s, "precision": "fp32", "firstLoss": 1, "averageLoss": 1,
                 "examples": 1, "tokens": 1, "best": null, "unmeasured": false}
                """.formatted(Json.mapper().writerFor(Method.class).writeValueAsString(method)));
        return new Checkpoint(folder.toString(), 1, FolderDigest.seal(folder));
    }

    private Path export(@Nullable Checkpoint checkpoint, ExportFormat format) throws Exception {
        return export(checkpoint, format, "out");
    }

    private Path export(@Nullable Checkpoint checkpoint, ExportFormat format, String name) throws Exception {
        Path target = home.resolve(name);
        new Export(home).write(new ExportRequest(new TunedModel(base(), checkpoint), "tiny-1", format, target.toString(), "card"));
        return target;
    }

    private static float firstQueryWeight(Path model) throws Exception {
        try (BaseModel read = ModelReader.open(model)) {
            float[] values = new float[WIDTH * WIDTH];
            read.weights().copyTo(QUERY + ".weight", MemorySegment.ofArray(values));
            return values[0];
        }
    }

    @ParameterizedTest
    @EnumSource(names = "PEFT", mode = EnumSource.Mode.EXCLUDE)
    void aMergedModelIsReadWithItsAdapters(ExportFormat format) throws Exception {
        Path target = export(checkpoint(), format);
        float expected = firstQueryWeight(TinyStudy.model()) + 0.5f;
        assertThat(firstQueryWeight(target)).isBetween(expected - 0.003f, expected + 0.003f);
        assertThat(target.resolve("README.md")).hasContent("card");
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).noneMatch(f -> f.toString().endsWith(".part"));
        }
    }

    @Test
    void anAdapterFolderNamesItsBaseAndComputesTheSame() throws Exception {
        Path target = export(checkpoint(), ExportFormat.PEFT);
        assertThat(Json.mapper().readTree(target.resolve("adapter_config.json").toFile()))
                .isEqualTo(Json.mapper().readTree("""
                        {"peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": "%s", "r": 1,
                         "lora_alpha": 4.0, "lora_dropout": 0.0, "bias": "none", "fan_in_fan_out": false,
                         "inference_mode": true, "target_modules": ["q_proj", "v_proj"]}
                        """.formatted(TinyStudy.model())));
        PeftAdapter read = PeftAdapter.read(target);
        assertThat(read.scale()).isEqualTo(4);
        assertThat(read.tensors()).extracting(FloatTensor::name)
                .containsExactly(QUERY + ".lora_A.weight", QUERY + ".lora_B.weight");
    }

    /// The base has lost 4 * 0.5 * 0.25 of its first weight to adapters that are now 1 and 0.25.
    @Test
    void adaptersThatWereTakenOutOfTheBaseAreWrittenForTheWholeBase() throws Exception {
        Path target = export(checkpoint(LORA.withInit(LoraInit.PRINCIPAL), List.of(adapter("A", 1), adapter("B", 0.25f)),
                List.of(adapter("A", 0.5f), adapter("B", 0.25f))), ExportFormat.PEFT);
        assertThat(Json.mapper().readTree(target.resolve("adapter_config.json").toFile()))
                .isEqualTo(Json.mapper().readTree("""
                        {"peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": "%s", "r": 2,
                         "lora_alpha": 8.0, "lora_dropout": 0.0, "bias": "none", "fan_in_fan_out": false,
                         "inference_mode": true, "target_modules": ["q_proj", "v_proj"]}
                        """.formatted(TinyStudy.model())));
        assertThat(firstQueryWeight(target)).isEqualTo(firstQueryWeight(TinyStudy.model()) + 0.5f);
    }

    @Test
    void magnitudesAndFrozenLayersAreWrittenAsPeftDoes() throws Exception {
        FloatTensor lengths = new FloatTensor(QUERY + ".lora_magnitude_vector", new long[] {WIDTH}, new float[WIDTH]);
        Method.Lora method = LORA.withMagnitudes(true);
        Path target = export(checkpoint(method, List.of(adapter("A", 1), adapter("B", 1), lengths), List.of()), ExportFormat.PEFT);
        assertThat(Json.mapper().readTree(target.resolve("adapter_config.json").toFile()).path("use_dora").asBoolean()).isTrue();
        try (SafetensorsFile file = SafetensorsFile.open(target.resolve("adapter_model.safetensors"))) {
            assertThat(file.names()).contains("base_model.model." + QUERY + ".lora_magnitude_vector");
        }
        assertThat(firstQueryWeight(target)).isZero();
        Path frozen = Files.createDirectory(home.resolve("frozen"));
        PeftAdapter.write(frozen, new AdapterLayout(1, 4, List.of(Projection.QUERY), false, 1), List.of(new FloatTensor(
                "model.layers.2.self_attn.q_proj.lora_A.weight", new long[] {1, 1}, new float[1])), List.of(), "", Map.of());
        assertThat(Json.mapper().readTree(frozen.resolve("adapter_config.json").toFile()).path("layers_to_transform").toString())
                .isEqualTo("[2]");
    }

    private static FloatTensor adapter(String part, float first) {
        float[] values = new float[WIDTH];
        values[0] = first;
        long[] shape = part.equals("A") ? new long[] {1, WIDTH} : new long[] {WIDTH, 1};
        return new FloatTensor(QUERY + ".lora_" + part + ".weight", shape, values);
    }

    @Test
    void anAdapterFolderIsAModelWhereItsBaseIsHere() throws Exception {
        Path target = export(checkpoint(), ExportFormat.PEFT);
        assertThat(firstQueryWeight(target)).isEqualTo(firstQueryWeight(TinyStudy.model()) + 0.5f);
        assertThat(ModelCatalogue.filesOf(target)).contains(
                target.resolve("adapter_model.safetensors"), TinyStudy.model().resolve("model.safetensors"));
    }

    @Test
    void anAdapterOfAnotherBaseIsRefusedByItsDigest() throws Exception {
        Path target = export(checkpoint(), ExportFormat.PEFT);
        Path other = export(null, ExportFormat.GGUF_F16, "other").resolve("tiny-1-F16.gguf");
        Path config = target.resolve("adapter_config.json");
        Files.writeString(config, Files.readString(config).replace(TinyStudy.model().toString(), other.toString()));
        assertThatThrownBy(() -> ModelReader.open(target)).hasMessageContaining("it was trained on another base model");
        Files.writeString(config, Files.readString(config).replace(other.toString(), "publisher/model"));
        assertThatThrownBy(() -> ModelReader.open(target))
                .hasMessageContaining("its base model \"publisher/model\" is no model file or folder here");
    }

    @Test
    void anAdapterThatComputesSomethingElseIsRefusedByItsField() throws Exception {
        Path target = export(checkpoint(), ExportFormat.PEFT);
        Path config = target.resolve("adapter_config.json");
        Files.writeString(config, Files.readString(config).replace("\"r\"", "\"lora_bias\": true, \"r\""));
        assertThatThrownBy(() -> PeftAdapter.read(target)).hasMessageContaining("lora_bias = true is not supported");
        Files.writeString(config, Files.readString(config).replace("lora_bias", "use_dora"));
        assertThatThrownBy(() -> PeftAdapter.read(target))
                .hasMessageContaining("use_dora = true, but 0 of 1 adapters have magnitudes");
    }

    @Test
    void theUntouchedModelHasNoAdapters() {
        assertThatThrownBy(() -> export(null, ExportFormat.PEFT)).isInstanceOf(WorkFailed.class)
                .hasMessageContaining("no adapters to write");
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Files.createDirectory(home.resolve("out"));
        assertThatThrownBy(() -> export(null, ExportFormat.HUGGING_FACE)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aChangedCheckpointIsRefused() throws Exception {
        Checkpoint checkpoint = checkpoint();
        Files.writeString(Path.of(checkpoint.path()).resolve("progress.json"), "{}");
        assertThatThrownBy(() -> export(checkpoint, ExportFormat.HUGGING_FACE)).isInstanceOf(WorkFailed.class)
                .hasMessageContaining("was changed since it was written");
    }
}
