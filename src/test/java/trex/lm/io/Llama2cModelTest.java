package trex.lm.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.lm.Mirrors;
import trex.lm.ModelReader;
import trex.lm.UnreadableModel;

class Llama2cModelTest {
    @TempDir
    private Path folder;

    private static void assertRefused(Path file, String... words) {
        assertThatThrownBy(() -> ModelReader.open(file).close())
                .isInstanceOf(UnreadableModel.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void aFileCutAnywhereIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(Mirrors.stories260k());
        for (int length : new int[] {0, 3, 27, 28, 1000, 500_000, whole.length - 4, whole.length - 1}) {
            assertRefused(Files.write(folder.resolve("model.bin"), Arrays.copyOf(whole, length)), "model.bin");
        }
        assertRefused(Files.write(folder.resolve("model.bin"), Arrays.copyOf(whole, whole.length + 4)), "it should have");
    }

    @Test
    void theTokenizerMustLieBesideItAndFit() throws Exception {
        Path model = Files.copy(Mirrors.stories260k(), folder.resolve("model.bin"));
        assertRefused(model, "tok512.bin");
        byte[] tokenizer = Files.readAllBytes(Mirrors.stories260k().resolveSibling("tok512.bin"));
        Path beside = folder.resolve("tokenizer.bin");
        Files.write(beside, Arrays.copyOf(tokenizer, tokenizer.length - 3));
        assertRefused(model, "tokenizer.bin", "cut short");
        Files.write(beside, Arrays.copyOf(tokenizer, tokenizer.length + 20));
        assertRefused(model, "tokenizer.bin", "another model");
        Files.write(beside, tokenizer);
        ModelReader.open(model).close();
    }

    @Test
    void anyOtherFileIsRefused() throws Exception {
        assertRefused(Files.writeString(folder.resolve("notes.txt"), "These are notes about a model, not a model."), "neither");
    }
}
