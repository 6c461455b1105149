package trex.executor;

import java.util.List;

/// What a training will take, told before it runs.
///
/// @param start seconds until the first step has warmed up: process, model, examples
/// @param training seconds of all optimizer steps
/// @param measuring seconds of all measurements of the validation split, checkpoints included
/// @param examples training examples, passes over the same one counted anew
/// @param memory peak resident bytes of the worker
/// @param disk most bytes that checkpoints take while it runs
/// @param kept bytes of the tuned model that stays
/// @param rehearsal seconds that a short run took just now to learn this; 0 where an earlier one
///     had been kept
/// @param choices what the recipe leaves to the machine, with the reasons: number format, gradient
///     checkpointing
public record Estimate(
        double start, double training, double measuring, long examples, long memory, long disk, long kept,
        double rehearsal, List<String> choices) {
    public Estimate {
        choices = List.copyOf(choices);
    }

    /// The whole run's time.
    public double seconds() {
        return start + training + measuring;
    }
}
