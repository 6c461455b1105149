package trex.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeanTest {
    @Test
    void everySuiteWeighsTheSameHoweverManyRunsItHas() {
        Mean mean = Mean.of(List.of(new double[] {1, 1, 1, 1}, new double[] {3}));
        assertThat(mean.value()).isEqualTo(2);
    }

    @Test
    void theErrorIsThatOfTheMeanOfTheSuites() {
        // deviations of 1 among four runs each: errors of 1/sqrt(3)
        double[] runs = {1, 3, 1, 3};
        double one = Math.sqrt(4.0 / 3 / 4);
        assertThat(Mean.of(List.of(runs)).error()).isCloseTo(one, within(1e-12));
        assertThat(Mean.of(List.of(runs, runs)).error()).isCloseTo(one / Math.sqrt(2), within(1e-12));
    }
}
