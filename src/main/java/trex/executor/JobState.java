package trex.executor;

import trex.model.RunOutcome;

/// Where a job stands, as its files alone tell it.
sealed interface JobState {
    /// Nobody has begun.
    record Waiting() implements JobState {}

    record Running(Attempt attempt) implements JobState {}

    /// A worker published its outcome.
    record Ended(RunOutcome outcome) implements JobState {}

    /// The process ended without an outcome, and its launcher wrote how.
    record Exited(Attempt attempt, Exit exit) implements JobState {}

    /// The worker and its launcher are gone without a word: a power cut, or both were killed.
    record Lost(Attempt attempt) implements JobState {}
}
