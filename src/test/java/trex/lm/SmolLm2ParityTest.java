package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import trex.json.Json;
import trex.lm.text.FastTokenizer;

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

    static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }
}
