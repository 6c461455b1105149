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
}
