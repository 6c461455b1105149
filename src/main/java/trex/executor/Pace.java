package trex.executor;

import java.util.List;
import trex.model.RunEvent;

/// How this machine carries out one kind of training, as a short run showed.
///
/// @param start seconds until the first step has warmed up
/// @param reference seconds to score an example by the untrained model, once; 0 where none is
/// @param example seconds a training example
/// @param validated seconds a row of the validation split
/// @param checkpoint seconds to write one and to end
/// @param memory peak resident bytes
/// @param model bytes of the tuned model on the disk
record Pace(double start, double reference, double example, double validated, double checkpoint, long memory,
        long model) {
    private static final String SCORING = "scoring";

    /// An event and the seconds since the run's beginning at which it was heard.
    record Timed(RunEvent event, double seconds) {}

    /// Reads the pace off a run with one validation.
    ///
    /// @param story all events of the run
    /// @param end seconds that the whole run took
    /// @param batch examples of a step
    /// @param seen different training examples that it saw
    /// @param rows rows of the validation split
    static Pace of(List<Timed> story, double end, int batch, long seen, int rows, long memory, long model) {
        double[] steps = story.stream()
                .filter(told -> told.event() instanceof RunEvent.Step)
                .mapToDouble(told -> 1 / ((RunEvent.Step) told.event()).examplesPerSecond())
                .toArray();
        double example = steadyPace(steps);
        double warmUp = Math.max(0, (steps[0] - example) * batch);
        double measuring = firstPhase(story, "measuring");
        double measured = story.stream()
                .filter(told -> told.event() instanceof RunEvent.Validated)
                .mapToDouble(Timed::seconds).findFirst().orElse(end);
        double training = firstPhase(story, "training");
        double scoring = story.stream().anyMatch(told -> isPhase(told, SCORING)) ? training - firstPhase(story, SCORING) : 0;
        return new Pace(training - scoring - calibrating(story) + warmUp, scoring / seen, example,
                (measured - measuring) / rows, end - measured, memory, model);
    }

    /// @param examples passes over the same example counted anew
    /// @param seen different ones
    /// @param rows rows of the validation split
    /// @param disk bytes that checkpoints take at most
    Estimate of(long examples, long seen, int validations, int rows, long disk, double rehearsal) {
        return new Estimate(start + seen * reference, examples * example, validations * (rows * validated + checkpoint), examples,
                memory, disk, model, rehearsal);
    }

    /// The mean without the first step, which compiles the graph.
    private static double steadyPace(double[] steps) {
        double sum = 0;
        for (int i = 1; i < steps.length; i++) {
            sum += steps[i];
        }
        return steps.length > 1 ? sum / (steps.length - 1) : steps[0];
    }

    /// The machine is calibrated once and never again.
    private static double calibrating(List<Timed> story) {
        for (int i = 0; i + 1 < story.size(); i++) {
            if (isPhase(story.get(i), "calibrating")) {
                return story.get(i + 1).seconds() - story.get(i).seconds();
            }
        }
        return 0;
    }

    private static double firstPhase(List<Timed> story, String beginning) {
        return story.stream()
                .filter(told -> isPhase(told, beginning))
                .mapToDouble(Timed::seconds).findFirst().orElse(0);
    }

    private static boolean isPhase(Timed told, String beginning) {
        return told.event() instanceof RunEvent.Phase(String text, _) && text.startsWith(beginning);
    }
}
