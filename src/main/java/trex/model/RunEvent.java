package trex.model;

import org.jspecify.annotations.Nullable;

/// What a run says on the way. Events of one run come in order.
public sealed interface RunEvent {
    /// @param text what it is doing now, for example "loading the model"
    /// @param fraction how much of it is done, `0..1`, or -1 where that is unknown
    record Phase(String text, double fraction) implements RunEvent {}

    /// One optimizer step.
    ///
    /// @param step 1-based
    /// @param steps steps of the whole run
    /// @param loss mean loss: of supervised tuning and pre-training a label token, in nats; else an example
    /// @param gradientNorm before clipping
    /// @param residentBytes resident memory of the worker
    /// @param rewards of a preference; null where the procedure has none
    record Step(int step, int steps, double loss, double learningRate, double gradientNorm, double tokensPerSecond,
            double examplesPerSecond, long residentBytes, @Nullable Rewards rewards) implements RunEvent {
        /// Without rewards.
        public Step(int step, int steps, double loss, double learningRate, double gradientNorm, double tokensPerSecond,
                double examplesPerSecond, long residentBytes) {
            this(step, steps, loss, learningRate, gradientNorm, tokensPerSecond, examplesPerSecond, residentBytes, null);
        }
    }

    /// The validation split was measured after `step` steps.
    record Validated(int step, Score score) implements RunEvent {}

    /// Something the person should know that does not end the run.
    record Notice(String text) implements RunEvent {}

    /// A language model is being asked about the training rows.
    ///
    /// @param tokens of questions and answers that were paid for so far
    record Asked(long tokens) implements RunEvent {}
}
