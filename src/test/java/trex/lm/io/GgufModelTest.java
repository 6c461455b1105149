package trex.lm.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.lm.BaseModel;
import trex.lm.ModelConfig;
import trex.lm.ModelReader;
import trex.lm.UnreadableModel;

class GgufModelTest {
    @TempDir
    private Path folder;

    private Path file(GgufBytes gguf) throws IOException {
        return Files.write(folder.resolve("model.gguf"), gguf.bytes());
    }

    private void assertRefused(GgufBytes gguf, String... words) throws IOException {
        Path file = file(gguf);
        assertThatThrownBy(() -> ModelReader.open(file).close())
                .isInstanceOf(UnreadableModel.class)
                .hasMessageContaining("model.gguf")
                .hasMessageContainingAll(words);
    }

    private static float[] values(BaseModel model, String name) throws UnreadableModel {
        long elements = MappedTensor.elements(model.weights().shape(name));
        float[] values = new float[(int) elements];
        model.weights().copyTo(name, MemorySegment.ofArray(values));
        return values;
    }

    @Test
    void aWholeModelIsRead() throws Exception {
        try (BaseModel model = ModelReader.open(file(GgufBytes.tinyModel()))) {
            assertThat(model.config()).isEqualTo(new ModelConfig(8, 8, 1, 2, 1, 4, 12, 16, 1e-5, 10_000, true));
            assertThat(model.tokenizer().encode("ab ab12<end>")).isEqualTo(new int[] {4, 5, 6, 7, 0});
            assertThat(model.tokenizer().decode(4, 5, 0)).isEqualTo("ab ab");
            assertThat(model.chat()).isNotNull();
            assertThat(values(model, "model.layers.0.mlp.down_proj.weight")).startsWith(700, 701).hasSize(96);
        }
    }

    @Test
    void rowsOfAHeadComeInHalfRotationOrder() throws Exception {
        try (BaseModel model = ModelReader.open(file(GgufBytes.tinyModel()))) {
            float[] query = values(model, "model.layers.0.self_attn.q_proj.weight");
            int[] fileRowOf = {0, 2, 1, 3, 4, 6, 5, 7}; // two heads of four rows, pairs side by side in the file
            for (int row = 0; row < 8; row++) {
                assertThat(query[row * 8]).isEqualTo(100 + 8 * fileRowOf[row]);
            }
            assertThat(values(model, "model.layers.0.self_attn.v_proj.weight")).startsWith(300, 301, 302);
        }
    }

    @Test
    void anOwnOutputProjectionIsRead() throws Exception {
        try (BaseModel model = ModelReader.open(file(GgufBytes.tinyModel().counting("output.weight", 900, 8, 8)))) {
            assertThat(model.config().tiedEmbeddings()).isFalse();
            assertThat(values(model, "lm_head.weight")).startsWith(900, 901);
        }
    }

    @Test
    void version2IsReadToo() throws Exception {
        ModelReader.open(file(GgufBytes.tinyModel().version(2))).close();
    }

    @Test
    void whatWouldChangeTheMathsIsRefusedByName() throws Exception {
        assertRefused(GgufBytes.tinyModel().put("general.architecture", "mamba"), "mamba");
        assertRefused(GgufBytes.tinyModel().put("llama.rope.scaling.type", "yarn"), "rope.scaling.type", "yarn");
        assertRefused(GgufBytes.tinyModel().put("llama.expert_count", 8), "expert_count", "8");
        assertRefused(GgufBytes.tinyModel().put("llama.logit_scale", 2f), "logit_scale");
        assertRefused(GgufBytes.tinyModel().put("llama.rope.dimension_count", 2), "dimension_count");
        assertRefused(GgufBytes.tinyModel().put("tokenizer.ggml.pre", "tekken"), "tekken");
        assertRefused(GgufBytes.tinyModel().put("tokenizer.ggml.model", "t5"), "t5");
        assertRefused(GgufBytes.tinyModel().counting("blk.0.attn_q.bias", 1, 8), "a llama model has not, model.layers.0.self_attn.q_proj.bias");
        assertRefused(GgufBytes.tinyModel().counting("rope_freqs.weight", 1, 2), "rope_freqs.weight");
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        assertRefused(GgufBytes.tinyModel().version(4), "version 4");
        assertRefused(GgufBytes.tinyModel().without("blk.0.ffn_up.weight"), "mlp.up_proj.weight is missing");
        assertRefused(GgufBytes.tinyModel().counting("blk.0.ffn_up.weight", 1, 8, 12), "mlp.up_proj", "[12, 8]", "[8, 12]");
        assertRefused(GgufBytes.tinyModel().without("llama.embedding_length"), "llama.embedding_length");
        assertRefused(GgufBytes.tinyModel().put("llama.embedding_length", "wide"), "llama.embedding_length", "wide");
        assertRefused(GgufBytes.tinyModel().put("llama.block_count", 2_000_000_000), "2000000000 layers");
        assertRefused(GgufBytes.tinyModel().put("llama.attention.head_count_kv", 3), "2 heads cannot share 3");
        assertRefused(GgufBytes.tinyModel().put("tokenizer.ggml.eos_token_id", 99), "eos_token_id", "99");
        assertRefused(GgufBytes.tinyModel().tensor("token_embd.weight", 12, new byte[144], 1, 256), "GGML type 12");
        assertRefused(GgufBytes.tinyModel().tensor("token_embd.weight", 8, new byte[34], 8, 8), "whole blocks of 32");
        assertRefused(GgufBytes.tinyModel().put("tokenizer.ggml.tokens",
                List.of("<end>", "a", "b", "c", "d", "e", "f", "g", "h")), "9 tokens", "8");
    }

    @Test
    void aWeightThatIsNoNumberIsRefusedWhenItIsCopied() throws Exception {
        ByteBuffer norm = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putFloat(12, Float.NaN);
        try (BaseModel model = ModelReader.open(file(GgufBytes.tinyModel().tensor("output_norm.weight", 0, norm.array(), 8)))) {
            assertThatThrownBy(() -> values(model, "model.norm.weight"))
                    .isInstanceOf(UnreadableModel.class)
                    .hasMessageContaining("model.norm.weight");
        }
    }

    @Test
    void aFileCutAnywhereIsRefused() throws Exception {
        byte[] whole = GgufBytes.tinyModel().bytes();
        for (int length = 0; length < whole.length; length += 5) {
            Path file = Files.write(folder.resolve("cut.gguf"), java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ModelReader.open(file).close()).as("cut at %d", length).isInstanceOf(UnreadableModel.class);
        }
    }

    @Test
    void aDamagedHeadIsReadOrRefusedButNeverBelieved() throws Exception {
        byte[] whole = GgufBytes.tinyModel().bytes();
        Random random = new Random(5);
        for (int round = 0; round < 400; round++) {
            byte[] damaged = whole.clone();
            int at = 4 + random.nextInt(1800);
            damaged[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
            Path file = Files.write(folder.resolve("damaged.gguf"), damaged);
            try {
                ModelReader.open(file).close();
            } catch (UnreadableModel expected) {
                assertThat(expected.getMessage()).contains("damaged.gguf");
            }
        }
    }
}
