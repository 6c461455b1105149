package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import trex.json.Json;
import trex.lm.text.FastTokenizer;
import trex.model.Example;
import trex.model.Precision;
import trex.model.Template;

/// What Hugging Face transformers says of the same file.
@Tag("model")
class SmolLm2ParityTest {
    private static JsonNode reference;
    private static BaseModel model;

    @BeforeAll
    static void open() throws Exception {
        reference = Json.mapper().readTree(Files.readString(Mirrors.smolLm2Reference()));
        model = ModelReader.open(Mirrors.smolLm2());
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void everyTextGetsTheReferencesTokenIds() {
        for (JsonNode text : reference.path("tokenizer")) {
            assertThat(model.tokenizer().encode(text.path("text").asText()))
                    .as(text.path("text").asText())
                    .isEqualTo(ints(text.path("ids")));
        }
    }

    @Test
    void idsBecomeTheReferencesTextAgain() {
        FastTokenizer tokenizer = (FastTokenizer) model.tokenizer();
        for (JsonNode text : reference.path("tokenizer")) {
            assertThat(tokenizer.decodeVerbatim(ints(text.path("ids")))).isEqualTo(text.path("decoded").asText());
        }
    }

    @Test
    void specialTokensAreLeftOutOfDecodedText() {
        JsonNode answer = reference.path("generation").path(0);
        assertThat(model.tokenizer().decode(ints(answer.path("greedy_ids")))).isEqualTo("Hello! How can I assist you today?");
        assertThat(model.tokenizer().endOfText()).isEqualTo(2);
    }

    @Test
    void conversationsAreRenderedLikeTheReference() {
        ChatTemplate chat = model.chat();
        assertThat(chat).isNotNull();
        for (JsonNode conversation : reference.path("chat")) {
            List<ChatTemplate.Message> messages = new ArrayList<>();
            conversation.path("messages").forEach(m ->
                    messages.add(new ChatTemplate.Message(m.path("role").asText(), m.path("content").asText())));
            assertThat(chat.render(messages, false)).isEqualTo(conversation.path("rendered").asText());
            assertThat(chat.render(messages, true)).isEqualTo(conversation.path("with_generation_prompt").asText());
        }
    }

    @Test
    void theConfigurationIsRead() {
        assertThat(model.config()).isEqualTo(new ModelConfig(49_152, 576, 30, 9, 3, 64, 1536, 8192, 1e-5, 100_000, true));
        assertThat(model.weights().names()).hasSize(272);
    }

    @Test
    void aChatExampleIsCutIntoTheReferencesPromptAndCompletion() throws Exception {
        JsonNode lora = reference.path("lora");
        int[] prompt = ints(lora.path("prompt_ids"));
        String rendered = ((FastTokenizer) model.tokenizer()).decodeVerbatim(prompt);
        String user = rendered.substring(rendered.indexOf("user\n") + 5, rendered.lastIndexOf("<|im_end|>"));
        Template template = new Template(null, "{text}", "{label}", Map.of(), List.of("positive", "negative"), true);
        TokenizedExample encoded = ExampleEncoder.of(model, template).encode(new Example("1", null, user, "positive"));
        assertThat(encoded.prompt()).isEqualTo(prompt);
        assertThat(encoded.completion()).isEqualTo(ints(lora.path("completion_ids")));
    }

    @Test
    void aPlainExampleEndsWithTheEndOfText() throws Exception {
        Template template = new Template(null, "{text}", "{label}", Map.of(), List.of(), false);
        TokenizedExample encoded = ExampleEncoder.of(model, template).encode(new Example("1", null, "The capital of", " France"));
        assertThat(encoded.prompt()).isEqualTo(new int[] {504, 3575, 282});
        assertThat(encoded.completion()).isEqualTo(new int[] {4649, 2});
    }

    @Test
    void greedyTextsEqualTheReferences() throws Exception {
        try (LanguageModel runnable = LanguageModel.frozen(model.weights(), Precision.FP32)) {
            List<int[]> prompts = new ArrayList<>();
            reference.path("generation").forEach(g -> prompts.add(ints(g.path("prompt_ids"))));
            List<int[]> written = new Generator(runnable, Set.of(model.tokenizer().endOfText()), new Sampling.Greedy())
                    .write(prompts, 40, Generator.TokenListener.SILENT);
            for (int i = 0; i < prompts.size(); i++) {
                int[] expected = ints(reference.path("generation").path(i).path("greedy_ids"));
                assertThat(written.get(i)).isEqualTo(Arrays.copyOf(expected, expected.length - 1)); // without the stop
            }
        }
    }

    static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }
}
