package trex.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trex.model.Checkpoint;
import trex.model.FailureKind;
import trex.model.Metric;
import trex.model.RunCost;
import trex.model.RunOutcome;
import trex.model.Score;

class OutcomeJsonTest {
    private static final RunCost COST = new RunCost(1.5, 1 << 20, 16, 512);

    static Stream<RunOutcome> everyEnding() {
        Score score = new Score(Metric.ACCURACY, 0.5, 0.1, 25);
        return Stream.of(
                new RunOutcome.Completed(score, new Checkpoint("/checkpoints/step-3", 3, "0".repeat(64)), COST),
                new RunOutcome.Completed(score, null, COST.withAsking(2_000, 4.5)),
                new RunOutcome.Pruned(3, "behind the median", COST),
                new RunOutcome.Stopped(3, COST),
                new RunOutcome.Failed(FailureKind.DISK_FULL, "training", "The disk is full", COST));
    }

    @ParameterizedTest
    @MethodSource("everyEnding")
    void anOutcomeIsReadBackAsItWasWritten(RunOutcome outcome) throws Exception {
        String json = Json.mapper().writeValueAsString(outcome);
        assertThat(Json.mapper().readValue(json, RunOutcome.class)).isEqualTo(outcome);
    }

    @Test
    void anOutcomeFromBeforeLanguageModelsWereAskedIsRead() throws Exception {
        String json = "{\"end\": \"stopped\", \"step\": 3, \"cost\": "
                + "{\"seconds\": 1.5, \"peakBytes\": 1048576, \"examples\": 16, \"tokens\": 512}}";
        assertThat(Json.mapper().readValue(json, RunOutcome.class)).isEqualTo(new RunOutcome.Stopped(3, COST));
    }
}
