package trex.search;

import java.util.ArrayList;
import java.util.List;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Score;

/// Rewards and visits backed up a tree, as the UCT family reads them. Failures, rejections and
/// pruned subtrees are not backed up.
final class TreeTally {
    private final int[] finished;
    private final int[] inFlight;
    private final double[] sum;
    private final double[] max;
    private final Rewards rewards;

    TreeTally(ExperimentTree tree) {
        int size = tree.nodes().size();
        finished = new int[size];
        inFlight = new int[size];
        sum = new double[size];
        max = new double[size];
        rewards = Rewards.of(Eligible.nodes(tree));
        for (Node node : tree.nodes()) {
            if (!tree.isPruned(node.id())) {
                backUp(tree, node);
            }
        }
    }

    private void backUp(ExperimentTree tree, Node node) {
        for (Node above : tree.path(node.id())) {
            int at = above.id().value();
            if (node.state() == NodeState.COMPLETED) {
                double reward = rewards.of(node);
                finished[at]++;
                sum[at] += reward;
                max[at] = Math.max(max[at], reward);
            } else if (!node.state().isFinal()) {
                inFlight[at]++;
            }
        }
    }

    /// Completed nodes at and below `id`, and those in flight: the visits of WU-UCT (arXiv
    /// 1810.11755), which keep parallel runs apart.
    int visits(NodeId id) {
        return finished[id.value()] + inFlight[id.value()];
    }

    /// Mean reward of the completed nodes at and below `id`, `0..1`; 0 without any.
    double mean(NodeId id) {
        return finished[id.value()] == 0 ? 0 : sum[id.value()] / finished[id.value()];
    }

    /// Best reward at or below `id`, `0..1`; 0 without any.
    double max(NodeId id) {
        return max[id.value()];
    }

    /// Rewards of all completed nodes at and below `id`.
    List<Double> rewardsBelow(ExperimentTree tree, NodeId id) {
        List<Double> below = new ArrayList<>();
        for (Node node : Eligible.nodes(tree)) {
            if (tree.path(node.id()).contains(tree.node(id))) {
                below.add(rewards.of(node));
            }
        }
        return below;
    }

    double reward(Node node) {
        return rewards.of(node);
    }

    /// Scores mapped to `0..1` between the worst and the best that were seen.
    private record Rewards(double worst, double best) {
        static Rewards of(List<Node> completed) {
            double worst = Double.NaN;
            double best = Double.NaN;
            for (Node node : completed) {
                Score score = Eligible.score(node);
                worst = Double.isNaN(worst) || score.metric().better().better(worst, score.value()) ? score.value() : worst;
                best = Double.isNaN(best) || score.metric().better().better(score.value(), best) ? score.value() : best;
            }
            return new Rewards(worst, best);
        }

        double of(Node node) {
            return worst == best ? 0.5 : (Eligible.score(node).value() - worst) / (best - worst);
        }
    }
}
