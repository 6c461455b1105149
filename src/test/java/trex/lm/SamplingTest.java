package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingTest {
    private static final int WORDS = 5000;

    /// Flat logits need nearly all words for the nucleus, steep ones a few.
    @ParameterizedTest
    @CsvSource({"0.01, 0.5", "1, 0.9", "4, 0.95", "10, 0.999", "40, 0.999999"})
    void theNucleusHoldsTheSmallestSetOfWordsThatReachesItsShare(double steepness, double topP) {
        Random random = new Random(7);
        float[] logits = new float[WORDS];
        for (int i = 0; i < WORDS; i++) {
            logits[i] = (float) (steepness * random.nextGaussian());
        }
        Sampling.Drawn drawn = new Sampling.Drawn(1, topP, 3);
        SplittableRandom dice = new SplittableRandom(3);
        double least = leastOfNucleus(logits, topP);
        int[] words = IntStream.range(0, 300).map(_ -> drawn.draw(logits, 0, WORDS, dice)).toArray();
        assertThat(Arrays.stream(words)).allMatch(word -> logits[word] >= least);
        if (steepness < 4) {
            assertThat(Arrays.stream(words).distinct().count()).isGreaterThan(20);
        }
    }

    /// By sorting them all.
    private static double leastOfNucleus(float[] logits, double topP) {
        float[] sorted = logits.clone();
        Arrays.sort(sorted);
        double largest = sorted[WORDS - 1];
        double total = 0;
        for (float logit : sorted) {
            total += Math.exp(logit - largest);
        }
        double kept = 0;
        int next = WORDS;
        while (kept < topP * total) {
            kept += Math.exp(sorted[--next] - largest);
        }
        return sorted[next];
    }

    @Test
    void wordsOutsideTheRangeThatIsReadAreNeverDrawn() {
        float[] logits = {100, 1, 2, 3, 100};
        SplittableRandom dice = new SplittableRandom(3);
        Sampling.Drawn drawn = new Sampling.Drawn(1, 0.9, 3);
        assertThat(IntStream.range(0, 50).map(_ -> drawn.draw(logits, 1, 3, dice))).allMatch(word -> word >= 0 && word < 3);
    }
}
