package trex.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;

/// AB-MCTS-A (arXiv 2503.04412): from the baseline down, Thompson sampling between a new child
/// here and each child, with a normal-inverse-chi-squared belief over the rewards below it.
///
/// Pure: the draws depend on the seed and the number of nodes only.
public final class AbMcts implements SearchPolicy {
    public static final String ID = "ab-mcts";

    private final long seed;

    public AbMcts(long seed) {
        this.seed = seed;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Choice select(ExperimentTree tree) {
        if (Eligible.nodes(tree).isEmpty()) {
            return Eligible.baselineOnly();
        }
        Random random = new Random(seed * 31 + tree.nodes().size());
        TreeTally tally = new TreeTally(tree);
        NodeId at = NodeId.BASELINE;
        while (true) {
            List<Node> live = Eligible.live(tree, at);
            if (live.isEmpty()) {
                return new Choice(at, "AB-MCTS: " + at + " has no completed child yet", List.of());
            }
            List<Choice.Candidate> drawn = new ArrayList<>();
            double here = Belief.of(live.stream().map(tally::reward).toList()).draw(random);
            drawn.add(new Choice.Candidate(at, live.size(), here, 0));
            for (Node child : live) {
                List<Double> below = tally.rewardsBelow(tree, child.id());
                drawn.add(new Choice.Candidate(child.id(), below.size(), Belief.of(below).draw(random), 0));
            }
            Choice choice = Eligible.best(drawn, "AB-MCTS (drawn)");
            if (choice.node().equals(at)) {
                return choice;
            }
            at = choice.node();
        }
    }

    /// Normal-inverse-chi-squared posterior of a mean with prior m = 0, kappa = 1, nu = 1,
    /// tau squared = 0.1, the published constants.
    ///
    /// @param mean posterior mean
    /// @param kappa pseudo-observations of the mean
    /// @param nu degrees of freedom
    /// @param scale posterior tau squared
    record Belief(double mean, double kappa, double nu, double scale) {
        private static final double PRIOR_SCALE = 0.1;

        static Belief of(List<Double> rewards) {
            int n = rewards.size();
            double mean = rewards.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            double squares = rewards.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum();
            return new Belief(n * mean / (1 + n), 1 + n, 1 + n,
                    (PRIOR_SCALE + squares + n * mean * mean / (1 + n)) / (1 + n));
        }

        /// A draw from the posterior predictive of the mean.
        double draw(Random random) {
            double chiSquared = 0;
            for (int i = 0; i < nu; i++) {
                double z = random.nextGaussian();
                chiSquared += z * z;
            }
            double variance = nu * scale / Math.max(chiSquared, 1e-9);
            return mean + Math.sqrt(variance / kappa) * random.nextGaussian();
        }
    }
}
