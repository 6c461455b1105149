package trex.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {
    private static final Answer RIGHT = new Answer("yes", " yes\n");
    private static final Answer WRONG = new Answer("yes", "no");

    @Test
    void onlyExamplesThatBothHaveAnsweredCount() {
        assertThat(PairedComparison.of(
                        Map.of("a", RIGHT, "b", WRONG, "c", WRONG, "d", RIGHT, "e", RIGHT),
                        Map.of("a", RIGHT, "b", RIGHT, "c", RIGHT, "d", WRONG, "f", RIGHT)))
                .contains(new PairedComparison(4, 2, 1));
        assertThat(PairedComparison.of(Map.of("a", RIGHT), Map.of("b", RIGHT))).isEmpty();
    }

    /// By sums of whole numbers in another language.
    @Test
    void theProbabilityIsTheExactOne() {
        assertThat(new PairedComparison(100, 0, 0).p()).isEqualTo(1);
        assertThat(new PairedComparison(100, 5, 5).p()).isEqualTo(1);
        assertThat(new PairedComparison(100, 8, 1).p()).isCloseTo(0.0390625, within(1e-12));
        assertThat(new PairedComparison(100, 1, 8).p()).isCloseTo(0.0390625, within(1e-12));
        assertThat(new PairedComparison(872, 60, 35).p()).isCloseTo(0.01337870302600394, within(1e-12));
        assertThat(new PairedComparison(9000, 700, 600).p()).isCloseTo(0.0060157938610449525, within(3e-4));
    }

    @Test
    void pairsTellSmallerDifferencesFromLuckThanIndependentSamplesDo() {
        Score first = Score.proportion(Metric.ACCURACY, 700, 872);
        Score second = Score.proportion(Metric.ACCURACY, 725, 872);
        assertThat(second.withinNoiseOf(first)).isTrue();
        PairedComparison paired = new PairedComparison(872, 40, 15);
        assertThat(paired.isWithinNoise()).isFalse();
        assertThat(paired.difference()).isCloseTo(25 / 872.0, within(1e-12));
        assertThat(paired.standardError()).isCloseTo(Math.sqrt(55 - 625 / 872.0) / 872, within(1e-12));
    }

    @Test
    void countsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new PairedComparison(3, 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 + 2 of 3");
    }
}
