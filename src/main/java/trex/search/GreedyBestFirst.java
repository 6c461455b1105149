package trex.search;

import java.util.List;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Node;

/// Always the best node: the rule of AIDE (arXiv 2502.13138) and greedy best-first of the TREX paper.
public final class GreedyBestFirst implements SearchPolicy {
    public static final String ID = "greedy-best-first";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Choice select(ExperimentTree tree) {
        List<Node> eligible = Eligible.nodes(tree);
        if (eligible.isEmpty()) {
            return Eligible.baselineOnly();
        }
        double[] ranks = RankPuct.rank01(eligible);
        List<Choice.Candidate> candidates = java.util.stream.IntStream.range(0, ranks.length)
                .mapToObj(i -> new Choice.Candidate(eligible.get(i).id(),
                        Eligible.tried(tree, eligible.get(i).id()).size(), ranks[i], 0))
                .toList();
        return Eligible.best(candidates, "greedy");
    }
}
