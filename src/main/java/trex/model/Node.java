package trex.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One round of a study.
///
/// @param parent null for the baseline
/// @param score the best variant's, on the validation split; null while there is none
/// @param pruned whether the person has cut this node and all below it from the search
/// @param note why it was rejected or failed; empty where there is nothing to say
/// @param choice why the policy grew the tree here; null for the baseline and the person's own
public record Node(
        NodeId id,
        @Nullable NodeId parent,
        Strategy strategy,
        NodeState state,
        List<Run> runs,
        @Nullable Score score,
        boolean pruned,
        String note,
        @Nullable Choice choice) {
    public Node {
        runs = List.copyOf(runs);
        if ((parent == null) != id.equals(NodeId.BASELINE)) {
            throw new IllegalArgumentException("node " + id + ": only the baseline has no parent, got " + parent);
        }
        if (state == NodeState.COMPLETED && score == null) {
            throw new IllegalArgumentException("node " + id + " is completed without a score");
        }
    }

    /// The finished training run with the best validation score, or null. Measurements are not
    /// asked: theirs may be the test split's.
    public @Nullable Run bestRun() {
        Run best = null;
        Score bestScore = null;
        for (Run run : runs) {
            if (run.work() instanceof Work.Train && run.outcome() instanceof RunOutcome.Completed(Score s, _, _)
                    && (bestScore == null || s.beats(bestScore))) {
                best = run;
                bestScore = s;
            }
        }
        return best;
    }

    /// Whether a run of this node trains its recipe once more with another seed.
    public boolean isRepeat(Run run) {
        return run.variant() >= 0 && run.variant() < strategy.variants().size()
                && run.work() instanceof Work.Train(Recipe recipe)
                && !recipe.equals(strategy.variants().get(run.variant()));
    }

    /// The run that gave the node its score on the validation split, or null.
    public @Nullable Run scoringRun() {
        Run best = null;
        Score bestScore = null;
        for (Run run : runs) {
            if (!isRepeat(run) && !isTest(run) && run.outcome() instanceof RunOutcome.Completed(Score s, _, _)
                    && (bestScore == null || s.beats(bestScore))) {
                best = run;
                bestScore = s;
            }
        }
        return best;
    }

    /// The completed measurement of this node's model on the test split, or null.
    public @Nullable Run testRun() {
        return runs.stream()
                .filter(r -> isTest(r) && r.outcome() instanceof RunOutcome.Completed)
                .findFirst()
                .orElse(null);
    }

    private static boolean isTest(Run run) {
        return run.work() instanceof Work.Measure(_, Split split) && split == Split.TEST;
    }
}
