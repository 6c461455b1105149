package trex.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.Score;

class MacroF1Test {
    private static List<Prediction> predictions(String... pairs) {
        List<Prediction> predictions = new ArrayList<>();
        for (String pair : pairs) {
            predictions.add(new Prediction("e" + predictions.size(), pair.substring(0, 1), pair.substring(1, 2)));
        }
        return predictions;
    }

    @Test
    void eachClassCountsTheSameHoweverRareItIs() {
        // a: precision 3/4, recall 1, F1 6/7; b: precision 1, recall 1/2, F1 2/3
        Score score = MacroF1.of(predictions("aa", "aa", "aa", "ba", "bb"));
        assertThat(score.value()).isCloseTo((6 / 7.0 + 2 / 3.0) / 2, within(1e-12));
        assertThat(score.n()).isEqualTo(5);
    }

    @Test
    void theStandardErrorIsTheJackknifesOverSingleExamples() {
        List<Prediction> all = predictions("aa", "aa", "ab", "ba", "bb", "bb", "cb", "cc");
        int n = all.size();
        double[] without = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            List<Prediction> rest = new ArrayList<>(all);
            rest.remove(i);
            without[i] = MacroF1.of(rest).value();
            mean += without[i] / n;
        }
        double squares = 0;
        for (double value : without) {
            squares += (value - mean) * (value - mean);
        }
        assertThat(MacroF1.of(all).standardError()).isCloseTo(Math.sqrt((n - 1.0) / n * squares), within(1e-12));
    }

    @Test
    void allRightIsOneWithoutError() {
        assertThat(MacroF1.of(predictions("aa", "bb")).value()).isEqualTo(1);
        assertThat(MacroF1.of(predictions("aa", "aa", "bb", "bb")).standardError()).isZero();
    }
}
