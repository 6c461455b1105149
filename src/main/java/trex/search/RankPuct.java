package trex.search;

import java.util.ArrayList;
import java.util.List;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Node;

/// The default: best-first search over all completed nodes with an exploration bonus on ranks,
/// `S_i = rank01(y_i) + c (1/M) sqrt(N) / (1 + e_i)`.
///
/// `y_i` is the node's score, `M` the number of eligible nodes, `N` the number of rounds tried or
/// in flight, and `e_i` the node's children, finished or in flight: children in flight are the
/// virtual loss that spreads parallel runs. Ranks make the constant independent of the metric's
/// scale. PUCT after Silver et al. 2017 with the flat prior `1/M`; rank scores as in
/// arXiv 2509.06503. The constant is flat between 1 and 4 in this project's ablation.
public final class RankPuct implements SearchPolicy {
    public static final String ID = "rank-puct";

    private final double exploration;

    /// @param exploration the constant c, at least 0
    public RankPuct(double exploration) {
        if (!(exploration >= 0)) {
            throw new IllegalArgumentException("exploration must be at least 0, got " + exploration);
        }
        this.exploration = exploration;
    }

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
        double[] ranks = rank01(eligible);
        int rounds = Rounds.tried(tree);
        List<Choice.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < ranks.length; i++) {
            int children = Eligible.tried(tree, eligible.get(i).id()).size();
            candidates.add(new Choice.Candidate(eligible.get(i).id(), children, ranks[i],
                    bonus(eligible.size(), rounds, children)));
        }
        return Eligible.best(candidates, "rank-PUCT");
    }

    /// `c (1/M) sqrt(N) / (1 + e)`.
    double bonus(int eligible, int rounds, int children) {
        return exploration / eligible * Math.sqrt(rounds) / (1 + children);
    }

    /// Share of the other nodes that each one beats, ties counted half: 0 the worst, 1 the best.
    static double[] rank01(List<Node> nodes) {
        double[] ranks = new double[nodes.size()];
        for (int i = 0; i < ranks.length; i++) {
            for (int j = 0; j < ranks.length; j++) {
                if (Eligible.score(nodes.get(i)).beats(Eligible.score(nodes.get(j)))) {
                    ranks[i] += 1;
                } else if (i != j && !Eligible.score(nodes.get(j)).beats(Eligible.score(nodes.get(i)))) {
                    ranks[i] += 0.5;
                }
            }
            ranks[i] /= Math.max(1, ranks.length - 1);
        }
        return ranks;
    }
}
