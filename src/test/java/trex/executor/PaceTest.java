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
    /// Two seconds to begin, one to calibrate; a first step of 4 s, then 2 s a step of 4 examples.
    private static final List<Timed> STORY = List.of(
            new Timed(new RunEvent.Phase("opening the model nano", -1), 1),
            new Timed(new RunEvent.Phase("calibrating the machine", -1), 1.5),
            new Timed(new RunEvent.Phase("loading the model", -1), 2.5),
            new Timed(new RunEvent.Phase("training", -1), 3),
            new Timed(step(1, 1), 7),
            new Timed(step(2, 2), 9),
            new Timed(step(3, 2), 11),
            new Timed(new RunEvent.Phase("measuring the validation split", 0), 11),
            new Timed(new RunEvent.Phase("measuring the validation split", 1), 12),
            new Timed(new RunEvent.Phase("training", -1), 12),
            new Timed(new RunEvent.Validated(3, new Score(Metric.ACCURACY, 0.5, 0.1, 10)), 12));

    private final Pace pace = Pace.of(STORY, 12.5, 4, 12, 10, 300 << 20, 1000);

    @Test
    void whatHappensOnceIsNotCountedAgain() {
        assertThat(pace.start()).isCloseTo(3 - 1 + 2, within(1e-9));
        assertThat(pace.example()).isCloseTo(0.5, within(1e-9));
        assertThat(pace.validated()).isCloseTo(0.1, within(1e-9));
        assertThat(pace.checkpoint()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aLongerRunTakesWhatItsPartsTake() {
        Estimate estimate = pace.of(1000, 400, 2, 100, 9000, 0);
        assertThat(estimate.training()).isCloseTo(500, within(1e-6));
        assertThat(estimate.measuring()).isCloseTo(2 * (10 + 0.5), within(1e-6));
        assertThat(estimate.seconds()).isCloseTo(4 + 500 + 21, within(1e-6));
        assertThat(estimate.memory()).isEqualTo(300 << 20);
        assertThat(estimate.disk()).isEqualTo(9000);
        assertThat(estimate.kept()).isEqualTo(1000);
    }

    @Test
    void scoringByTheUntrainedModelCountsOnceAnExample() {
        List<Timed> story = new ArrayList<>(STORY);
        story.add(3, new Timed(new RunEvent.Phase("scoring by the untrained model", 0), 2.7));
        Pace scored = Pace.of(story, 12.5, 4, 12, 10, 300 << 20, 1000);
        assertThat(scored.start()).isCloseTo(2.7 - 1 + 2, within(1e-9));
        assertThat(scored.of(1000, 400, 2, 100, 9000, 0).start()).isCloseTo(3.7 + 400 * 0.3 / 12, within(1e-9));
    }

    private static RunEvent.Step step(int step, double examplesPerSecond) {
        return new RunEvent.Step(step, 3, 1, 1e-3, 1, 100, examplesPerSecond, 200 << 20);
    }
}
