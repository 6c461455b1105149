package trex.lm.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import trex.lm.BaseModel;
import trex.lm.ChatTemplate;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.lm.Mirrors;
import trex.lm.ModelConfig;
import trex.lm.ModelReader;
import trex.lm.ModelWeights;
import trex.lm.RandomWeights;
import trex.lm.TunedWeights;
import trex.lm.UnreadableModel;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;

class ExportTest {
    private static final ModelConfig WIDE = new ModelConfig(8, 64, 2, 4, 2, 16, 96, 32, 1e-5, 20_000, false);

    @TempDir
    private Path folder;

    private static float[] values(ModelWeights weights, String name) throws UnreadableModel {
        float[] values = new float[(int) MappedTensor.elements(weights.shape(name))];
        weights.copyTo(name, MemorySegment.ofArray(values));
        return values;
    }

    private BaseModel text() throws Exception {
        Path tiny = Files.createDirectories(folder.resolve("tiny"));
        return ModelReader.open(TinyFolder.write(tiny));
    }

    /// What a number becomes in a format, by that format's definition.
    private static float rounded(TensorType type, float value) {
        return switch (type) {
            case F16 -> Float.float16ToFloat(Float.floatToFloat16(value));
            case BF16 -> {
                double ulp = Math.ulp(value) * 65_536.0;
                yield (float) (Math.rint(value / ulp) * ulp);
            }
            default -> value;
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void aFolderIsReadAsItWasWritten(TensorType type) throws Exception {
        ModelWeights weights = new RandomWeights(WIDE, 9);
        Path out = Files.createDirectory(folder.resolve("out"));
        try (BaseModel base = text()) {
            HuggingFaceExport.write(out, weights, base, type);
            assertThatThrownBy(() -> HuggingFaceExport.write(out, weights, base, type)).isInstanceOf(FileAlreadyExistsException.class);
        }
        try (BaseModel read = ModelReader.open(out)) {
            assertThat(read.config()).isEqualTo(WIDE);
            for (String name : weights.names()) {
                float[] expected = values(weights, name);
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = rounded(type, expected[i]);
                }
                assertThat(values(read.weights(), name)).as(name).isEqualTo(expected);
            }
            assertSameText(read);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3-rope", "mistral-window", "qwen2", "qwen3", "gemma2", "gemma3", "phi3", "gpt2"})
    void aFolderOfAnotherFamilyIsReadAsItWasWritten(String family) throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        try (BaseModel base = text();
                ModelWeights weights = HuggingFaceFolder.weights(Mirrors.model("parity/" + family))) {
            HuggingFaceExport.write(out, weights, base, TensorType.F32);
            try (BaseModel read = ModelReader.open(out)) {
                assertThat(read.config()).isEqualTo(weights.config());
                assertThat(read.weights().names()).isEqualTo(weights.names());
                for (String name : weights.names()) {
                    assertThat(values(read.weights(), name)).as(name).isEqualTo(values(weights, name));
                }
            }
        }
    }

    private static void assertSameText(BaseModel read) {
        assertThat(read.tokenizer().encode("ab ab12<end>")).isEqualTo(new int[] {4, 5, 6, 7, 0});
        assertThat(read.tokenizer().endOfText()).isZero();
        ChatTemplate chat = read.chat();
        assertThat(chat).isNotNull();
        assertThat(chat.prompt(null, "hi")).isEqualTo("hi<end>");
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "Q8_0"})
    void aGgufFileIsReadAsItWasWritten(TensorType type) throws Exception {
        ModelWeights weights = new RandomWeights(WIDE, 9);
        Path out = folder.resolve("out.gguf");
        try (BaseModel base = text()) {
            GgufExport.write(out, "tiny", weights, base, type);
        }
        try (BaseModel read = ModelReader.open(out)) {
            assertThat(read.config()).isEqualTo(WIDE);
            for (String name : weights.names()) {
                float[] expected = values(weights, name);
                float[] found = values(read.weights(), name);
                float largest = 0;
                for (float value : expected) {
                    largest = Math.max(largest, Math.abs(value));
                }
                for (int i = 0; i < expected.length; i++) {
                    float allowed = type == TensorType.Q8_0 && read.weights().shape(name).length > 1 ? largest / 250 : 0;
                    assertThat(Math.abs(found[i] - rounded(type, expected[i]))).as(name).isLessThanOrEqualTo(allowed);
                }
            }
            assertSameText(read);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2", "qwen3", "phi3", "gpt2"})
    void aGgufFileOfAnotherFamilyIsReadAsItWasWritten(String family) throws Exception {
        Path out = folder.resolve("out.gguf");
        try (BaseModel base = text();
                ModelWeights weights = HuggingFaceFolder.weights(Mirrors.model("parity/" + family))) {
            GgufExport.write(out, family, weights, base, TensorType.F32);
            try (BaseModel read = ModelReader.open(out)) {
                assertThat(read.config()).isEqualTo(weights.config());
                for (String name : weights.names()) {
                    assertThat(values(read.weights(), name)).as(name).isEqualTo(values(weights, name));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3-rope", "mistral-window", "gemma2", "gemma3"})
    void whatGgufDoesNotHoldHereIsRefused(String family) throws Exception {
        try (BaseModel base = text();
                ModelWeights weights = HuggingFaceFolder.weights(Mirrors.model("parity/" + family))) {
            assertThatThrownBy(() -> GgufExport.write(folder.resolve("out.gguf"), family, weights, base, TensorType.F16))
                    .isInstanceOf(UnreadableModel.class).hasMessageContaining("cannot be written as GGUF yet");
        }
    }

    @Test
    void aRoundTripThroughGgufKeepsQuantisedBits() throws Exception {
        Path first = folder.resolve("first.gguf");
        Path second = folder.resolve("second.gguf");
        try (BaseModel base = text()) {
            GgufExport.write(first, "tiny", new RandomWeights(WIDE, 9), base, TensorType.Q8_0);
        }
        try (BaseModel read = ModelReader.open(first)) {
            GgufExport.write(second, "tiny", read.weights(), read, TensorType.Q8_0);
            try (BaseModel again = ModelReader.open(second)) {
                for (String name : read.weights().names()) {
                    assertThat(values(again.weights(), name)).as(name).isEqualTo(values(read.weights(), name));
                }
            }
        }
    }

    @Test
    void mergedAdaptersDoWhatTheAdaptersDid() throws Exception {
        ModelWeights base = new RandomWeights(WIDE, 9);
        try (LanguageModel tuned = LanguageModel.tunable(base, Precision.FP32, new Method.Lora(2, 4, LoraTargets.ALL_LINEAR), 3)) {
            for (FloatTensor tensor : tuned.trainable()) {
                for (int i = 0; i < tensor.elements(); i++) {
                    tensor.values().set(java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, (float) (0.1 * Math.sin(1 + 7 * i)));
                }
            }
            try (LanguageModel merged = LanguageModel.frozen(TunedWeights.of(base, tuned), Precision.FP32)) {
                trex.lm.PackedBatch batch = new trex.lm.PackedBatch(new int[] {1, 2, 3, 4, 5}, new int[] {0, 1, 2, 3, 4},
                        java.util.List.of(new trex.lm.Segment(0, 5, -1)), new int[] {1, 4}, new int[] {1, 1}, new float[0]);
                float[][] expected = tuned.logits(batch);
                float[][] found = merged.logits(batch);
                for (int r = 0; r < expected.length; r++) {
                    for (int i = 0; i < expected[r].length; i++) {
                        assertThat(found[r][i]).isCloseTo(expected[r][i], org.assertj.core.api.Assertions.within(2e-5f));
                    }
                }
                assertThat(found[0]).isNotEqualTo(baseLogits(base, batch));
            }
        }
    }

    private static float[] baseLogits(ModelWeights base, trex.lm.PackedBatch batch) throws UnreadableModel {
        try (LanguageModel untouched = LanguageModel.frozen(base, Precision.FP32)) {
            return untouched.logits(batch)[0];
        }
    }

    @Test
    void fullyTrainedWeightsReplaceTheBases() throws Exception {
        ModelWeights base = new RandomWeights(WIDE, 9);
        try (LanguageModel tuned = LanguageModel.tunable(base, Precision.FP32, new Method.Full(), 3)) {
            tuned.trainable().stream()
                    .filter(t -> t.name().equals("model.norm.weight"))
                    .forEach(t -> t.values().set(java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED, 0, 5f));
            assertThat(values(TunedWeights.of(base, tuned), "model.norm.weight")).startsWith(5f, 1f);
        }
    }
}
