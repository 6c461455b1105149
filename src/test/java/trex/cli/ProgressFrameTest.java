package trex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.loop.StudyEvent;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.SampleStudy;
import trex.model.Spending;
import trex.model.StudyState;

class ProgressFrameTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private final ProgressFrame frame = new ProgressFrame(SampleStudy.ID, SampleStudy.mission());
    private final RunId run = new RunId("dates-1");

    private StudyPicture picture() {
        return StudyPicture.of(240)
                .after(new StudyEvent.StateChanged(StudyState.RUNNING), NOON)
                .after(new StudyEvent.TreeChanged(SampleStudy.tree(SampleStudy.baseline())), NOON)
                .after(new StudyEvent.SpendingChanged(new Spending(60, 20, 240)), NOON)
                .after(new StudyEvent.RunProgress(run, step(1)), NOON)
                .after(new StudyEvent.RunProgress(run, step(11)), NOON.plusSeconds(20));
    }

    private static RunEvent.Step step(int step) {
        return new RunEvent.Step(step, 31, 2.5, 1e-3, 1, 900, 30, 1L << 29);
    }

    @Test
    void theHeadlineTellsStateRoundsAndSpending() {
        assertThat(frame.headline(picture())).isEqualTo(
                "dates-261125-041233  running  exact_match  round 0/8  spent 1:00 of 4:00, left 2:40");
    }

    @Test
    void aRunTellsItsStepLossSpeedAndTimeLeft() {
        assertThat(frame.lines(picture(), NOON.plusSeconds(20), 200, 24)).anySatisfy(line -> assertThat(line)
                .contains("step 11/31", "loss 2.5000", "900 tokens/s", "0.50 GiB", "left 0:40"));
    }

    @Test
    void noLineIsWiderThanTheScreenAndNoneMovesTheCursor() {
        StudyPicture loud = picture().after(
                new StudyEvent.Message(StudyEvent.Level.WARNING, "\u001b[2Jx".repeat(100)), NOON);
        List<String> lines = frame.lines(loud, NOON, 60, 12);
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(60).doesNotContain("\u001b"));
        assertThat(lines).hasSizeLessThan(12);
    }
}
