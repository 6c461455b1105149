package trex.gui.inspector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.gui.study.RunTrack;
import trex.gui.text.Figures;
import trex.model.Node;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.Work;

/// A run as the inspector lists it.
///
/// @param name the variant, or what was measured
/// @param outcome how it ended, or where it stands
/// @param cost what it took; empty while it runs
/// @param failed whether the outcome wants attention
public record RunRow(String name, String outcome, String cost, boolean failed) {
    static List<RunRow> of(Node node, java.util.function.Function<Run, @Nullable RunTrack> tracks) {
        List<RunRow> rows = new ArrayList<>();
        for (Run run : node.runs()) {
            RunOutcome outcome = run.outcome();
            rows.add(outcome == null
                    ? new RunRow(name(run), progress(tracks.apply(run)), "", false)
                    : new RunRow(name(run), ending(outcome), cost(outcome.cost()), outcome instanceof RunOutcome.Failed));
        }
        return rows;
    }

    private static String name(Run run) {
        return switch (run.work()) {
            case Work.Train train -> "Variant " + (run.variant() + 1) + ", seed " + train.recipe().seed();
            case Work.Measure measure -> "Measured on " + Figures.words(measure.split());
        };
    }

    private static String ending(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Completed(var score, _, _) -> Figures.score(score) + "  (n = " + score.n() + ")";
            case RunOutcome.Pruned(var step, var reason, _) -> "ended early at step " + step + ": " + reason;
            case RunOutcome.Stopped(var step, _) -> "stopped at step " + step;
            case RunOutcome.Failed(var kind, var phase, var message, _) ->
                    Figures.words(kind) + " while " + phase + ": " + message;
        };
    }

    private static String progress(@Nullable RunTrack track) {
        if (track == null) {
            return "starting";
        }
        RunEvent.Step step = track.step();
        RunEvent.Phase phase = track.phase();
        if (step != null) {
            return "step " + step.step() + " of " + step.steps() + ", loss " + Figures.value(step.loss())
                    + (step.rewards() == null ? "" : ", preferred rightly " + Figures.value(step.rewards().accuracy())
                            + ", margin " + Figures.value(step.rewards().margin()));
        }
        return phase == null ? "starting" : phase.text();
    }

    private static String cost(RunCost cost) {
        List<String> parts = new ArrayList<>(List.of(cost.takenOver()
                ? cost.seconds() > 0 ? "taken over from an earlier study, where it took " + Figures.duration(cost.seconds())
                        : "taken over from an earlier run"
                : Figures.duration(cost.spentSeconds())));
        if (cost.examples() > 0) {
            parts.add(cost.examples() + " examples");
        }
        if (cost.askedTokens() > 0) {
            parts.add(cost.askedTokens() + " tokens asked of a language model");
        }
        if (cost.peakBytes() > 0) {
            parts.add(Figures.bytes(cost.peakBytes()));
        }
        return String.join("  ·  ", parts);
    }
}
