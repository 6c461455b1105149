package trex.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Score;

/// A run as far as it has been heard.
///
/// @param phase what it is doing, with the share done, or null once it trains
/// @param firstStep the first step heard, and `firstStepAt` when; the base of the time left
record RunPicture(
        RunId id,
        RunEvent.@Nullable Phase phase,
        RunEvent.@Nullable Step firstStep,
        @Nullable Instant firstStepAt,
        RunEvent.@Nullable Step step,
        @Nullable Score validation) {
    static RunPicture of(RunId id) {
        return new RunPicture(id, null, null, null, null, null);
    }

    RunPicture after(RunEvent event, Instant now) {
        return switch (event) {
            case RunEvent.Phase p -> new RunPicture(id, p, firstStep, firstStepAt, step, validation);
            case RunEvent.Step s -> firstStep == null
                    ? new RunPicture(id, null, s, now, s, validation)
                    : new RunPicture(id, null, firstStep, firstStepAt, s, validation);
            case RunEvent.Validated(_, Score score) ->
                new RunPicture(id, phase, firstStep, firstStepAt, step, score);
            case RunEvent.Notice _, RunEvent.Asked _ -> this;
        };
    }

    /// Time until the last step at the pace so far; empty before the second step.
    Optional<Duration> left(Instant now) {
        if (firstStep == null || firstStepAt == null || step == null || step.step() <= firstStep.step()) {
            return Optional.empty();
        }
        double pace = Duration.between(firstStepAt, now).toMillis() / (double) (step.step() - firstStep.step());
        return Optional.of(Duration.ofMillis(Math.round(pace * (step.steps() - step.step()))));
    }
}
