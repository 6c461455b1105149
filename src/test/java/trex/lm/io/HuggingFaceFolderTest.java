package trex.lm.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.json.Json;
import trex.lm.BaseModel;
import trex.lm.ChatTemplate;
import trex.lm.LayerKind;
import trex.lm.ModelConfig;
import trex.lm.ModelReader;
import trex.lm.RopeScaling;
import trex.lm.UnreadableModel;

class HuggingFaceFolderTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        TinyFolder.write(folder);
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> ModelReader.open(folder).close())
                .isInstanceOf(UnreadableModel.class)
                .hasMessageContainingAll(words);
    }

    private void assertSettingRefused(String field, Object value, String... words) throws IOException {
        ObjectNode config = TinyFolder.config();
        config.set(field, Json.mapper().valueToTree(value));
        Json.mapper().writeValue(folder.resolve("config.json").toFile(), config);
        assertRefused(words.length == 0 ? new String[] {field} : words);
    }

    private static float[] values(BaseModel model, String name) throws UnreadableModel {
        float[] values = new float[(int) MappedTensor.elements(model.weights().shape(name))];
        model.weights().copyTo(name, MemorySegment.ofArray(values));
        return values;
    }

    @Test
    void aWholeFolderIsRead() throws Exception {
        try (BaseModel model = ModelReader.open(folder)) {
            assertThat(model.config()).isEqualTo(TinyFolder.CONFIG);
            for (Map.Entry<String, float[]> tensor : TinyFolder.tensors().entrySet()) {
                assertThat(values(model, tensor.getKey())).isEqualTo(tensor.getValue());
            }
            assertThat(model.tokenizer().endOfText()).isZero();
            ChatTemplate chat = model.chat();
            assertThat(chat).isNotNull();
            assertThat(chat.prompt(null, "hi {{ 7 * 7 }}")).isEqualTo("hi {{ 7 * 7 }}<end>");
        }
    }

    @Test
    void shardsAreReadByTheirIndex() throws Exception {
        Map<String, float[]> first = new LinkedHashMap<>();
        Map<String, float[]> second = new LinkedHashMap<>();
        ObjectNode index = Json.mapper().createObjectNode();
        ObjectNode map = index.putObject("weight_map");
        TinyFolder.tensors().forEach((name, values) -> {
            boolean early = first.size() < 4;
            (early ? first : second).put(name, values);
            map.put(name, early ? "model-00001-of-00002.safetensors" : "model-00002-of-00002.safetensors");
        });
        Files.delete(folder.resolve("model.safetensors"));
        Files.write(folder.resolve("model-00001-of-00002.safetensors"), TinyFolder.safetensors(first));
        Json.mapper().writeValue(folder.resolve("model.safetensors.index.json").toFile(), index);
        assertRefused("model-00002-of-00002.safetensors", "no such file");
        Files.write(folder.resolve("model-00002-of-00002.safetensors"), TinyFolder.safetensors(second));
        try (BaseModel model = ModelReader.open(folder)) {
            assertThat(values(model, "lm_head.weight")).isEqualTo(TinyFolder.tensors().get("lm_head.weight"));
        }
        map.put("lm_head.weight", "../model-00002-of-00002.safetensors");
        Json.mapper().writeValue(folder.resolve("model.safetensors.index.json").toFile(), index);
        assertRefused("a file of the same folder");
    }

    @Test
    void rotarySettingsAreReadInTheirOlderAndNewerForm() throws Exception {
        ObjectNode config = TinyFolder.config();
        config.remove("rope_theta");
        config.putObject("rope_parameters").put("rope_theta", 7000.0).put("rope_type", "default");
        Json.mapper().writeValue(folder.resolve("config.json").toFile(), config);
        try (BaseModel model = ModelReader.open(folder)) {
            assertThat(model.config().ropeTheta()).isEqualTo(7000);
        }
    }

    @Test
    void eachFamilysUsualLayersAreKnownWhereTheFileDoesNotSay() throws Exception {
        ObjectNode config = TinyFolder.config().put("model_type", "gemma3_text").put("hidden_activation", "gelu_pytorch_tanh")
                .put("num_hidden_layers", 7).put("head_dim", 4).put("sliding_window", 5).put("rope_theta", 1e6);
        config.putObject("rope_scaling").put("rope_type", "linear").put("factor", 8.0);
        Json.mapper().writeValue(folder.resolve("config.json").toFile(), config);
        ModelConfig read = HuggingFaceConfig.read(folder).model();
        assertThat(read.kinds()).containsExactly(new LayerKind(5, 10_000, new RopeScaling.None()),
                new LayerKind(0, 1e6, new RopeScaling.Linear(8)));
        assertThat(read.architecture().kindOfLayer()).containsExactly(0, 0, 0, 0, 0, 1, 0);
        assertThat(read.queryScale()).isEqualTo(1 / 16.0);
    }

    @Test
    void whatWouldChangeTheMathsIsRefusedByName() throws Exception {
        assertSettingRefused("model_type", "mamba2", "mamba2");
        assertSettingRefused("attention_bias", true);
        assertSettingRefused("mlp_bias", true);
        assertSettingRefused("hidden_act", "gelu");
        assertSettingRefused("rope_scaling", Map.of("rope_type", "yarn", "factor", 4.0));
        assertSettingRefused("rope_scaling", Map.of("type", "dynamic", "factor", 4.0));
        assertSettingRefused("attn_logit_softcapping", 50);
        assertSettingRefused("sliding_window", 4);
        assertSettingRefused("quantization_config", Map.of("bits", 4));
        assertSettingRefused("partial_rotary_factor", 0.5);
        assertSettingRefused("some_new_scale", 2.0);
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        assertSettingRefused("hidden_size", "wide");
        assertSettingRefused("num_hidden_layers", 1_000_000_000, "1000000000 layers");
        assertSettingRefused("num_attention_heads", 0, "heads");
        assertSettingRefused("num_hidden_layers", -1, "layers");
        assertSettingRefused("rms_norm_eps", -1);
        assertSettingRefused("intermediate_size", 13, "mlp.gate_proj.weight");
        assertSettingRefused("vocab_size", 7, "the tensor model.embed_tokens.weight");
    }

    @Test
    void missingAndForeignFilesAreNamed() throws Exception {
        Files.delete(folder.resolve("tokenizer.json"));
        assertRefused("tokenizer.json", "no such file");
        Files.delete(folder.resolve("model.safetensors"));
        assertRefused("model.safetensors", "no such file");
        Files.write(folder.resolve("pytorch_model.bin"), new byte[] {1});
        assertRefused("pickled", "pytorch_model.bin");
        Files.delete(folder.resolve("config.json"));
        assertRefused("neither config.json nor a GGUF file");
        assertThatThrownBy(() -> ModelReader.open(folder.resolve("nothing")))
                .isInstanceOf(UnreadableModel.class)
                .hasMessageContaining("no such file or folder");
    }

    @Test
    void weightsCutAnywhereAreRefused() throws Exception {
        Path file = folder.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 13) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused("model.safetensors");
        }
    }

    @Test
    void aHeaderThatLiesIsRefused() throws Exception {
        Path file = folder.resolve("model.safetensors");
        for (String header : new String[] {
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,9],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"I4\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
            "{\"a\":7}", "[]", "{", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{}}"
        }) {
            Files.write(file, TinyFolder.file(header, new byte[8]));
            assertRefused("model.safetensors");
        }
    }

    @Test
    void pickledWeightsAreToldByTheirContent() throws Exception {
        byte[] pickle = {(byte) 0x80, 2, '}', 'q', 0, '.'};
        byte[] zip = {'P', 'K', 3, 4, 20, 0, 0, 0};
        for (byte[] content : new byte[][] {pickle, zip}) {
            Files.write(folder.resolve("model.safetensors"), content);
            assertRefused("can carry a program");
            Path file = Files.write(folder.resolve("model.gguf"), content);
            assertThatThrownBy(() -> ModelReader.open(file)).hasMessageContaining("can carry a program");
        }
    }

    @Test
    void aTokenizerForAnotherVocabularyIsRefused() throws Exception {
        String json = Files.readString(folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("tokenizer.json"), json.replace("\"2\":7", "\"2\":7,\"3\":8"));
        assertRefused("9 tokens", "8");
    }

    @Test
    void aDamagedTokenizerIsRefused() throws Exception {
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"BPE\"");
        assertRefused("tokenizer.json");
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Elephant\"}, \"added_tokens\": [{\"id\":0,\"content\":\"<end>\"}]}");
        assertRefused("tokenizer");
    }

    @Test
    void aChatTemplateReachesNothingOutside() throws Exception {
        for (String template : new String[] {
            "{% include 'config.json' %}", "{{ ''.getClass().forName('java.lang.Runtime') }}", "{% for a in range(10**9) %}x{% endfor %}{{ 1/0 }}",
            "{{ raise_exception('no') }}", "{% if %}"
        }) {
            Files.writeString(folder.resolve("chat_template.jinja"), template);
            try (BaseModel model = ModelReader.open(folder)) {
                ChatTemplate chat = model.chat();
                assertThat(chat).isNotNull();
                assertThat(chat.prompt(null, "x")).doesNotContain("Runtime", "model_type");
            } catch (UnreadableModel refused) {
                assertThat(refused.getMessage()).contains("chat template");
            }
        }
    }
}
