package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import trex.model.Precision;

class GeneratorTest {
    private static final ModelConfig CONFIG = new ModelConfig(64, 32, 2, 4, 2, 8, 48, 40, 1e-5, 10_000, false);
    private static LanguageModel model;

    @BeforeAll
    static void open() throws Exception {
        model = LanguageModel.frozen(new RandomWeights(CONFIG, 3), Precision.FP32);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static List<int[]> prompts() {
        return List.of(new int[] {1, 2, 3, 4}, new int[] {1, 2, 9}, new int[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {1, 2, 60, 61, 1});
    }

    private static List<int[]> write(List<int[]> prompts, int room, Sampling sampling, Integer... stops) throws Exception {
        return new Generator(model, Set.of(stops), sampling).write(prompts, room, Generator.TokenListener.SILENT);
    }

    @Test
    void theCacheChangesNothing() throws Exception {
        List<int[]> written = write(prompts(), 12, new Sampling.Greedy());
        for (int p = 0; p < prompts().size(); p++) {
            assertThat(written.get(p)).isEqualTo(withoutCache(prompts().get(p), 12));
        }
    }

    /// Runs the whole text anew for every token.
    private static int[] withoutCache(int[] prompt, int room) {
        int[] text = prompt;
        for (int i = 0; i < room; i++) {
            float[] logits = model.logits(PromptBatch.of(List.of(text)).packed())[0];
            int best = 0;
            for (int id = 1; id < logits.length; id++) {
                best = logits[id] > logits[best] ? id : best;
            }
            text = Arrays.copyOf(text, text.length + 1);
            text[text.length - 1] = best;
        }
        return Arrays.copyOfRange(text, prompt.length, text.length);
    }

    @Test
    void aTextEndsBeforeItsStopWhileOthersGoOn() throws Exception {
        List<int[]> whole = write(prompts(), 12, new Sampling.Greedy());
        List<Integer> stops = Stream.of(whole.get(0)[4], whole.get(1)[2], whole.get(3)[6]).distinct().toList();
        List<int[]> stopped = write(prompts(), 12, new Sampling.Greedy(), stops.toArray(Integer[]::new));
        for (int p = 0; p < whole.size(); p++) {
            int[] text = whole.get(p);
            int end = 0;
            while (end < text.length && !stops.contains(text[end])) {
                end++;
            }
            assertThat(stopped.get(p)).isEqualTo(Arrays.copyOf(text, end));
        }
    }

    @Test
    void aTextEndsWithTheContext() throws Exception {
        assertThat(write(List.of(new int[] {1, 2, 3}), 1000, new Sampling.Greedy()).getFirst())
                .hasSize(CONFIG.context() - 3 + 1);
    }

    @Test
    void theSameSeedDrawsTheSameText() throws Exception {
        Sampling drawn = new Sampling.Drawn(1.5, 0.9, 7);
        List<int[]> first = write(prompts(), 12, drawn);
        assertThat(write(prompts(), 12, drawn)).usingRecursiveComparison().isEqualTo(first);
        assertThat(write(prompts(), 12, new Sampling.Drawn(1.5, 0.9, 8))).usingRecursiveComparison().isNotEqualTo(first);
    }

    @Test
    void aTinyNucleusIsGreedy() throws Exception {
        assertThat(write(prompts(), 12, new Sampling.Drawn(1, 1e-9, 7)))
                .usingRecursiveComparison()
                .isEqualTo(write(prompts(), 12, new Sampling.Greedy()));
    }

    @Test
    void everyWrittenTokenIsHeardInOrder() throws Exception {
        List<Integer> heard = new ArrayList<>();
        List<int[]> written = new Generator(model, Set.of(), new Sampling.Greedy())
                .write(List.of(new int[] {5, 6}), 6, (_, token) -> heard.add(token));
        assertThat(heard).containsExactlyElementsOf(Arrays.stream(written.getFirst()).boxed().toList());
    }
}
