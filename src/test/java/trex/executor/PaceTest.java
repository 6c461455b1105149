package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.executor.Pace.Timed;
import trex.model.Metric;
import trex.model.RunEvent;
import trex.model.Score;

class PaceTest {
    /// Three seconds to begin, two to score eight examples; a first step of 4 s, then 2 s a step of 4
    /// examples; a first measurement of 2 s and a second one of 1 s.
    private static final List<Timed> STORY = List.of(
            new Timed(new RunEvent.Phase("opening the model nano", -1), 1),
            new Timed(new RunEvent.Notice("Precision fp32: as fast as it gets"), 1.5),
            new Timed(new RunEvent.Notice("Training rows: all"), 2),
            new Timed(new RunEvent.Phase("loading the model", -1), 2.5),
            new Timed(new RunEvent.Phase("scoring by the untrained model", 0), 3),
            new Timed(new RunEvent.Phase("scoring by the untrained model", 1), 5),
            new Timed(new RunEvent.Phase("training", -1), 5),
            new Timed(step(1, 1), 9),
            new Timed(step(2, 2), 11),
            new Timed(measuring(0), 11),
            new Timed(measuring(0.5), 12),
            new Timed(measuring(1), 13),
            new Timed(new RunEvent.Phase("training", -1), 13),
            new Timed(validated(2), 13),
            new Timed(step(3, 2), 15),
            new Timed(step(4, 2), 17),
            new Timed(measuring(0), 17),
            new Timed(measuring(1), 18),
            new Timed(validated(4), 18));

    private final Pace pace = Pace.of(STORY, 18.5, new Pace.Amount(16, 8, 2, 10, 0), 300 << 20, 1000);

    @Test
    void whatHappensOnceIsNotCountedAgain() {
        assertThat(pace.start()).isCloseTo(3 + 2 + 1, within(1e-9));
        assertThat(pace.reference()).isCloseTo(0.25, within(1e-9));
        assertThat(pace.example()).isCloseTo(0.5, within(1e-9));
        assertThat(pace.validated()).isCloseTo(0.1, within(1e-9));
        assertThat(pace.checkpoint()).isCloseTo(0.5, within(1e-9));
        assertThat(pace.choices()).containsExactly("Precision fp32: as fast as it gets");
    }

    @Test
    void aLongerRunTakesWhatItsPartsTake() {
        Estimate estimate = pace.of(new Pace.Amount(1000, 100, 2, 100, 0), 9000, 0);
        assertThat(estimate.start()).isCloseTo(6 + 25, within(1e-6));
        assertThat(estimate.training()).isCloseTo(500, within(1e-6));
        assertThat(estimate.measuring()).isCloseTo(2 * (10 + 0.5), within(1e-6));
        assertThat(estimate.memory()).isEqualTo(300 << 20);
        assertThat(estimate.disk()).isEqualTo(9000);
        assertThat(estimate.kept()).isEqualTo(1000);
    }

    @Test
    void frozenLayersThatAreRunOnceCountOnceAnExampleInTimeAndMemory() {
        List<Timed> story = new ArrayList<>(STORY);
        story.add(4, new Timed(new RunEvent.Phase("running the frozen layers once", 0), 2.6));
        Pace once = Pace.of(story, 18.5, new Pace.Amount(16, 8, 2, 10, 80 << 20), 300 << 20, 1000);
        assertThat(once.lower()).isCloseTo(0.05, within(1e-9));
        assertThat(once.start()).isCloseTo(pace.start() - 0.4, within(1e-9));
        assertThat(once.reference()).isCloseTo(0.25, within(1e-9));
        Estimate estimate = once.of(new Pace.Amount(1000, 100, 2, 100, 400L << 20), 9000, 0);
        assertThat(estimate.start()).isCloseTo(5.6 + 25 + 5, within(1e-6));
        assertThat(estimate.memory()).isEqualTo(620L << 20);
    }

    private static RunEvent.Phase measuring(double done) {
        return new RunEvent.Phase("measuring the validation split", done);
    }

    private static RunEvent.Validated validated(int step) {
        return new RunEvent.Validated(step, new Score(Metric.ACCURACY, 0.5, 0.1, 10));
    }

    private static RunEvent.Step step(int step, double examplesPerSecond) {
        return new RunEvent.Step(step, 3, 1, 1e-3, 1, 100, examplesPerSecond, 200 << 20);
    }
}
