package trex.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.model.ExperimentTree;
import trex.model.FailureKind;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Score;
import trex.model.Work;

/// One variant of one node as the planner sees it.
///
/// @param recipe what was proposed, or what was really run
/// @param fate what became of it
/// @param score its validation score; null unless [Fate#SCORED]
public record Trial(NodeId node, Recipe recipe, Fate fate, @Nullable Score score) {
    /// What became of a variant.
    public enum Fate {
        /// Proposed, queued or running.
        PENDING,
        SCORED,
        /// It failed by its own recipe, or was stopped early because it was hopeless.
        BAD,
        /// It ended without saying anything about the recipe: stopped, or a fault of the machine.
        UNKNOWN,
        /// Never carried out.
        DECLINED
    }

    public Trial {
        if ((score != null) != (fate == Fate.SCORED)) {
            throw new IllegalArgumentException("node " + node + ": fate " + fate + " with score " + score);
        }
    }

    /// All variants of all nodes, in order of the nodes.
    public static List<Trial> of(ExperimentTree tree) {
        List<Trial> trials = new ArrayList<>();
        for (Node node : tree.nodes()) {
            List<Recipe> variants = node.strategy().variants();
            for (int i = 0; i < variants.size(); i++) {
                trials.add(of(node, i, variants.get(i)));
            }
        }
        return trials;
    }

    private static Trial of(Node node, int variant, Recipe proposed) {
        if (node.state().isDeclined()) {
            return new Trial(node.id(), proposed, Fate.DECLINED, null);
        }
        Run run = lastRun(node, variant);
        if (run == null) {
            return new Trial(node.id(), proposed, node.state().isFinal() ? Fate.UNKNOWN : Fate.PENDING, null);
        }
        Recipe recipe = run.work() instanceof Work.Train(Recipe trained) ? trained : proposed;
        return switch (run.outcome()) {
            case null -> new Trial(node.id(), recipe, Fate.PENDING, null);
            case RunOutcome.Completed(Score score, _, _) -> new Trial(node.id(), recipe, Fate.SCORED, score);
            case RunOutcome.Pruned _ -> new Trial(node.id(), recipe, Fate.BAD, null);
            case RunOutcome.Stopped _ -> new Trial(node.id(), recipe, Fate.UNKNOWN, null);
            case RunOutcome.Failed(FailureKind kind, _, _, _) ->
                    new Trial(node.id(), recipe, blamesRecipe(kind) ? Fate.BAD : Fate.UNKNOWN, null);
        };
    }

    /// The last training run of a variant, or null.
    private static @Nullable Run lastRun(Node node, int variant) {
        return node.runs().stream()
                .filter(r -> r.variant() == variant && r.work() instanceof Work.Train)
                .reduce((_, later) -> later)
                .orElse(null);
    }

    private static boolean blamesRecipe(FailureKind kind) {
        return switch (kind) {
            case DIVERGED, OUT_OF_MEMORY -> true;
            case DISK_FULL, KILLED, INPUT, INTERNAL -> false;
        };
    }
}
