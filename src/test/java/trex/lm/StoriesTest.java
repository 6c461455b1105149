package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trex.model.Precision;

/// The 260-thousand-parameter model of llama2.c.
class StoriesTest {
    /// What `./run stories260K.bin -z tok512.bin -t 0.0` begins with, as llama2.c's own notes show it.
    private static final String STORY = "Once upon a time, there was a little girl named Lily. She loved to play outside in the park."
            + " One day, she saw a big, red ball. She wanted to play with it, but it was too high.";

    @Test
    void theKnownStoryIsWrittenGreedily() throws Exception {
        try (BaseModel stories = ModelReader.open(Mirrors.stories260k());
                LanguageModel model = LanguageModel.frozen(stories.weights(), Precision.FP32)) {
            Tokenizer tokenizer = stories.tokenizer();
            int[] start = {tokenizer.startOfText().orElseThrow()};
            int[] written = new Generator(model, Set.of(tokenizer.endOfText()), new Sampling.Greedy())
                    .write(List.of(start), 200, Generator.TokenListener.SILENT).getFirst();
            assertThat(tokenizer.decode(written)).startsWith(STORY);
        }
    }

    @Test
    void aTextIsCutIntoPiecesAndPutTogetherAgain() throws Exception {
        try (BaseModel stories = ModelReader.open(Mirrors.stories260k())) {
            for (String text : List.of("Once upon a time", "Lily's na\u00efve \ud83d\ude42 dog", "  two  spaces\n")) {
                assertThat(stories.tokenizer().decode(stories.tokenizer().encode(text))).isEqualTo(text);
            }
            assertThat(stories.tokenizer().encode("Once upon a time")).isEqualTo(new int[] {403, 407, 261, 378});
        }
    }
}
