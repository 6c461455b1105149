package trex.lm.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trex.lm.AdapterLayout;
import trex.lm.BaseModel;
import trex.lm.FloatTensor;
import trex.lm.Mirrors;
import trex.lm.ModelConfig;
import trex.lm.ModelReader;
import trex.lm.ModelWeights;
import trex.lm.Projection;
import trex.lm.TunedWeights;
import trex.lm.UnreadableModel;
import trex.model.LoraTargets;
import trex.model.Method;

/// Phi-3 and GPT-2, whose folders hold several linear layers as one.
class StackedFamiliesTest {
    @TempDir
    private Path folder;

    private static float[] values(ModelWeights weights, String name) throws UnreadableModel {
        float[] values = new float[(int) MappedTensor.elements(weights.shape(name))];
        weights.copyTo(name, MemorySegment.ofArray(values));
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"phi3", "gpt2"})
    void aWrittenFolderHasTheSameTensorsAsTheOneThatWasRead(String family) throws Exception {
        Path source = Mirrors.model("parity/" + family);
        Path out = written(source);
        try (SafetensorsFile before = SafetensorsFile.open(source.resolve("model.safetensors"));
                SafetensorsFile after = SafetensorsFile.open(out.resolve("model.safetensors"))) {
            assertThat(withoutPrefix(after.names())).isEqualTo(withoutPrefix(before.names()));
            for (String name : after.names()) {
                String own = before.names().contains(name) ? name : name.substring("transformer.".length());
                assertThat(bytes(after, name)).as(name).isEqualTo(bytes(before, own));
            }
        }
    }

    private static Set<String> withoutPrefix(Set<String> names) {
        return names.stream().map(n -> n.replaceFirst("^transformer\\.", "")).collect(Collectors.toSet());
    }

    private static float[] bytes(SafetensorsFile file, String name) throws UnreadableModel {
        float[] values = new float[(int) MappedTensor.elements(file.shape(name))];
        file.copyTo(name, MemorySegment.ofArray(values));
        return values;
    }

    private Path written(Path source) throws Exception {
        Path out = Files.createDirectory(folder.resolve("base"));
        Path tiny = Files.createDirectories(folder.resolve("tiny"));
        try (BaseModel text = ModelReader.open(TinyFolder.write(tiny));
                ModelWeights weights = HuggingFaceFolder.weights(source)) {
            HuggingFaceExport.write(out, weights, text, TensorType.F32);
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({"phi3,QUERY_VALUE", "phi3,ALL_LINEAR", "gpt2,QUERY_VALUE", "gpt2,ALL_LINEAR", "gpt2,MLP"})
    void adaptersStackedForPeftMergeIntoTheSameWeights(String family, LoraTargets targets) throws Exception {
        Path base = written(Mirrors.model("parity/" + family));
        Path adapters = Files.createDirectory(folder.resolve("adapters"));
        Method.Lora lora = new Method.Lora(2, 4, targets);
        try (ModelWeights weights = HuggingFaceFolder.weights(base)) {
            AdapterLayout layout = AdapterLayout.of(lora, weights.config());
            List<FloatTensor> tensors = waves(layout, weights.config());
            PeftAdapter.writeStacked(adapters, weights.config(), layout, tensors, base.toString(), Map.of());
            ModelWeights expected = new TunedWeights(weights, tensors, layout.scale());
            try (BaseModel read = ModelReader.open(adapters)) {
                for (String name : expected.names()) {
                    float[] found = values(read.weights(), name);
                    float[] wanted = values(expected, name);
                    for (int i = 0; i < wanted.length; i++) {
                        assertThat(found[i]).as(name).isCloseTo(wanted[i], within(1e-6f));
                    }
                }
                boolean changed = !Arrays.equals(
                        values(read.weights(), "model.layers.0." + layout.projections().getFirst().path() + ".weight"),
                        values(weights, "model.layers.0." + layout.projections().getFirst().path() + ".weight"));
                assertThat(changed).isTrue();
            }
        }
    }

    private static List<FloatTensor> waves(AdapterLayout layout, ModelConfig config) {
        List<FloatTensor> tensors = new ArrayList<>();
        layout.shapes(config).forEach((name, shape) -> {
            float[] values = new float[(int) (shape[0] * shape[1])];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.1 * Math.sin(1 + 7 * i + name.hashCode()));
            }
            tensors.add(new FloatTensor(name, shape, values));
        });
        return tensors;
    }

    @ParameterizedTest
    @CsvSource({"phi3,self_attn.qkv_proj,4,false", "gpt2,attn.c_attn,4,true"})
    void peftIsToldTheStackedLayersAndTheirRank(String family, String module, int rank, boolean turned) throws Exception {
        try (ModelWeights weights = HuggingFaceFolder.weights(Mirrors.model("parity/" + family))) {
            AdapterLayout layout = AdapterLayout.of(new Method.Lora(2, 4, LoraTargets.QUERY_VALUE), weights.config());
            PeftAdapter.writeStacked(folder, weights.config(), layout, waves(layout, weights.config()), "", Map.of());
            String config = Files.readString(folder.resolve(PeftAdapter.CONFIG));
            assertThat(config).contains("\"" + module + "\"", "\"r\" : " + rank, "\"lora_alpha\" : 8.0",
                    "\"fan_in_fan_out\" : " + turned);
            PeftAdapter read = PeftAdapter.read(folder);
            assertThat(read.tensors()).hasSize(2 * weights.config().layers())
                    .allSatisfy(t -> assertThat(t.name()).contains(module));
            assertThat(layout.projections()).containsExactly(Projection.QUERY, Projection.VALUE);
        }
    }
}
