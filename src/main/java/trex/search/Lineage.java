package trex.search;

import org.jspecify.annotations.Nullable;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.Work;

/// Which recipe a node departs from.
public final class Lineage {
    private Lineage() {}

    /// The node's best recipe, else its first; null for the baseline.
    public static @Nullable Recipe recipe(Node node) {
        Run best = node.bestRun();
        if (best != null && best.work() instanceof Work.Train(Recipe trained)) {
            return trained;
        }
        return node.strategy().variants().isEmpty() ? null : node.strategy().variants().getFirst();
    }

    /// What a node's children are compared with: its recipe, the mission's start for the baseline.
    public static Recipe origin(Node node, Mission mission) {
        Recipe own = recipe(node);
        return own == null ? mission.start() : own;
    }

    /// What `node` is compared with: its parent's [#origin].
    public static Recipe parentRecipe(ExperimentTree tree, Node node, Mission mission) {
        return node.parent() == null ? mission.start() : origin(tree.node(node.parent()), mission);
    }
}
