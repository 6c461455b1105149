package trex.researcher.playbook;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import trex.model.Metric;
import trex.model.Rounded;
import trex.model.RunEvent;
import trex.model.Score;

/// What the course of a preference's training has shown: its last quarter beside the quarter before.
///
/// @param wins mean share of the pairs whose better answer got the higher reward, at the end
/// @param margin mean reward of the better answers over the worse ones, at the end
/// @param growth of the margin between the quarters, over the margin at the end
/// @param fall of the loss between the quarters, over the loss before
/// @param validated share of the validation pairs that are won; NaN where something else was measured
record Signs(double wins, double margin, double growth, double fall, double validated) {
    /// What conditions of rules call them.
    static final Set<String> NAMES = Set.of("trainWins", "marginGrowth", "lossFall", "winsGap");
    private static final int FEWEST = 8;

    /// Nothing where the training was of another kind or too short to tell.
    static Optional<Signs> of(List<RunEvent> story, Score score) {
        List<RunEvent.Step> steps = story.stream()
                .mapMulti((RunEvent event, Consumer<RunEvent.Step> out) -> {
                    if (event instanceof RunEvent.Step step && step.rewards() != null) {
                        out.accept(step);
                    }
                })
                .toList();
        return steps.size() < FEWEST ? Optional.empty() : Optional.of(read(steps, score));
    }

    private static Signs read(List<RunEvent.Step> steps, Score score) {
        int quarter = steps.size() / 4;
        List<RunEvent.Step> last = steps.subList(steps.size() - quarter, steps.size());
        List<RunEvent.Step> before = steps.subList(steps.size() - 2 * quarter, steps.size() - quarter);
        double margin = mean(last, Signs::margin);
        double loss = mean(before, RunEvent.Step::loss);
        return new Signs(mean(last, Signs::accuracy), margin, (margin - mean(before, Signs::margin)) / Math.abs(margin),
                (loss - mean(last, RunEvent.Step::loss)) / Math.abs(loss),
                score.metric().equals(Metric.PREFERENCE_ACCURACY) ? score.value() : Double.NaN);
    }

    private static double mean(List<RunEvent.Step> steps, ToDoubleFunction<RunEvent.Step> of) {
        return steps.stream().mapToDouble(of).average().orElse(Double.NaN);
    }

    private static double margin(RunEvent.Step step) {
        return Stream.ofNullable(step.rewards()).mapToDouble(r -> r.margin()).sum();
    }

    private static double accuracy(RunEvent.Step step) {
        return Stream.ofNullable(step.rewards()).mapToDouble(r -> r.accuracy()).sum();
    }

    Map<String, String> facts() {
        return Map.of("trainWins", Double.toString(wins), "marginGrowth", Double.toString(growth),
                "lossFall", Double.toString(fall), "winsGap", Double.toString(wins - validated));
    }

    /// In words.
    String text() {
        return String.format(Locale.ROOT, "%.0f %% of the training's pairs are won at its end, by a margin of %s that "
                        + "changed by %s %% in the last quarter, the loss by %s %%",
                        100 * wins, Rounded.of(margin, 2), Rounded.change(100 * growth, 0), Rounded.change(-100 * fall, 0))
                + (Double.isNaN(validated)
                        ? ""
                        : String.format(Locale.ROOT, "; %.0f %% of the validation's pairs are won", 100 * validated));
    }
}
