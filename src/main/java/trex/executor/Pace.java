package trex.executor;

import java.util.Arrays;
import java.util.List;
import trex.model.RunEvent;

/// How this machine carries out one kind of training, as a short run with two measurements showed.
///
/// @param start seconds until everything has warmed up
/// @param reference seconds to score an example by the untrained model, once; 0 where none is
/// @param lower seconds to run an example through the frozen layers, once; 0 where that is done in each step
/// @param example seconds a training example
/// @param validated seconds a row of the validation split
/// @param checkpoint seconds to write one and to end
/// @param memory peak resident bytes, without what frozen layers' outputs take that are kept
/// @param model bytes of the tuned model on the disk
/// @param choices what the run left to the machine chose, with the reasons
record Pace(double start, double reference, double lower, double example, double validated, double checkpoint, long memory,
        long model, List<String> choices) {
    /// Share of the steps, the first ones, in which the program itself still warms up.
    private static final double WARMING = 0.25;

    Pace {
        choices = List.copyOf(choices);
    }

    /// An event and the seconds since the run's beginning at which it was heard.
    record Timed(RunEvent event, double seconds) {}

    /// What a run has to do.
    ///
    /// @param examples training examples, passes over the same one counted anew
    /// @param distinct training examples, each counted once
    /// @param validations measurements of the validation split
    /// @param rows rows of the validation split
    /// @param kept bytes of frozen layers' outputs
    record Amount(long examples, long distinct, int validations, int rows, long kept) {}

    /// Reads the pace off a run.
    ///
    /// @param story all events of the run, two validations among them unless it had but one step
    /// @param end seconds that the whole run took
    /// @param amount what it had to do
    static Pace of(List<Timed> story, double end, Amount amount, long memory, long model) {
        double[] steps = story.stream()
                .filter(told -> told.event() instanceof RunEvent.Step)
                .mapToDouble(told -> 1 / ((RunEvent.Step) told.event()).examplesPerSecond())
                .toArray();
        double[] measurements = measurements(story);
        double example = steady(steps);
        double measuring = measurements[measurements.length - 1];
        double perStep = (double) amount.examples / steps.length;
        double training = first(story, "training");
        double scored = Math.min(training, first(story, "scoring"));
        double lower = scored - Math.min(scored, first(story, "running the frozen layers once"));
        double warmUp = Math.max(0, Arrays.stream(steps).sum() - example * steps.length) * perStep
                + Math.max(0, measurements[0] - measuring);
        return new Pace(scored - lower + warmUp, (training - scored) / amount.distinct, lower / amount.distinct, example,
                measuring / amount.rows, Math.max(0, end - lastValidated(story)), Math.max(0, memory - amount.kept), model,
                choices(story));
    }

    /// @param disk bytes that checkpoints take at most
    Estimate of(Amount amount, long disk, double rehearsal) {
        return new Estimate(start + amount.distinct * (reference + lower), amount.examples * example,
                amount.validations * (amount.rows * validated + checkpoint), amount.examples,
                memory + amount.kept, disk, model, rehearsal, choices);
    }

    /// The mean without the first steps, which compile graph and program.
    private static double steady(double[] steps) {
        int from = Math.min(steps.length - 1, (int) Math.ceil(WARMING * steps.length));
        return Arrays.stream(steps, from, steps.length).average().orElseThrow();
    }

    /// Seconds that each measurement took.
    private static double[] measurements(List<Timed> story) {
        return story.stream()
                .filter(told -> told.event() instanceof RunEvent.Validated)
                .mapToDouble(told -> told.seconds() - lastBefore(story, "measuring", told.seconds()))
                .toArray();
    }

    private static double lastBefore(List<Timed> story, String beginning, double limit) {
        return story.stream()
                .filter(told -> told.seconds() <= limit
                        && told.event() instanceof RunEvent.Phase(String text, double done)
                        && text.startsWith(beginning) && done == 0)
                .mapToDouble(Timed::seconds).max().orElse(limit);
    }

    private static double lastValidated(List<Timed> story) {
        return story.stream()
                .filter(told -> told.event() instanceof RunEvent.Validated)
                .mapToDouble(Timed::seconds).max().orElseThrow();
    }

    /// When a phase was told first; never is a time after all others.
    private static double first(List<Timed> story, String beginning) {
        return story.stream()
                .filter(told -> told.event() instanceof RunEvent.Phase(String text, _) && text.startsWith(beginning))
                .mapToDouble(Timed::seconds).findFirst().orElse(Double.MAX_VALUE);
    }

    private static List<String> choices(List<Timed> story) {
        return story.stream()
                .map(Timed::event)
                .filter(RunEvent.Notice.class::isInstance)
                .map(event -> ((RunEvent.Notice) event).text())
                .filter(text -> text.startsWith(Precisions.CHOICE) || text.startsWith(Recomputation.CHOICE))
                .toList();
    }
}
