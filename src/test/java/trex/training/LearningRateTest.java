package trex.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trex.model.Optimization;
import trex.model.Schedule;

class LearningRateTest {
    private static final int STEPS = 100;

    @ParameterizedTest
    @EnumSource(Schedule.class)
    void everyScheduleRisesStraightToItsPeak(Schedule schedule) {
        LearningRate rate = rate(schedule, 0.1);
        assertThat(rate.at(1)).isCloseTo(1e-4, within(1e-12));
        assertThat(rate.at(10)).isCloseTo(1e-3, within(1e-12));
        assertThat(rate.at(11)).isCloseTo(1e-3, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Schedule.class)
    void noScheduleRisesAfterItsPeak(Schedule schedule) {
        LearningRate rate = rate(schedule, 0);
        for (int step = 2; step <= STEPS; step++) {
            assertThat(rate.at(step)).isPositive().isLessThanOrEqualTo(rate.at(step - 1));
        }
    }

    @Test
    void aLinearRateIsHalfwayDownInTheMiddle() {
        assertThat(rate(Schedule.LINEAR, 0).at(51)).isCloseTo(5e-4, within(1e-12));
        assertThat(rate(Schedule.COSINE, 0).at(51)).isCloseTo(5e-4, within(1e-12));
    }

    @Test
    void aStableRateFallsInTheLastFifthOnly() {
        LearningRate rate = rate(Schedule.STABLE_DECAY, 0);
        assertThat(rate.at(81)).isCloseTo(1e-3, within(1e-12));
        assertThat(rate.at(91)).isCloseTo(5e-4, within(1e-12));
        assertThat(rate.at(STEPS)).isCloseTo(5e-5, within(1e-12));
    }

    private static LearningRate rate(Schedule schedule, double warmup) {
        return new LearningRate(new Optimization(1e-3, 1, 8, 1, warmup, schedule, 0, 1), STEPS);
    }
}
