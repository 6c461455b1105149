package trex.search;

import java.util.List;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;

/// TREX mode: UCT with mean backup over all completed nodes (arXiv 2604.14116),
/// `mean(v) + c sqrt(ln n(parent) / n(v))`, rewards scaled to `0..1`.
///
/// The paper gives neither its constant nor its reward scale: both are this project's choice.
public final class TrexUct implements SearchPolicy {
    public static final String ID = "trex-uct";
    /// Variants of a round; the paper runs three to five.
    private static final int BATCH = 3;

    private final double exploration;

    /// @param exploration the constant c, at least 0
    public TrexUct(double exploration) {
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
    public Proposing proposing() {
        return Proposing.DEFAULT.withVariants(BATCH);
    }

    @Override
    public Choice select(ExperimentTree tree) {
        List<Node> eligible = Eligible.nodes(tree);
        if (eligible.isEmpty()) {
            return Eligible.baselineOnly();
        }
        TreeTally tally = new TreeTally(tree);
        return Eligible.best(eligible.stream().map(n -> candidate(tally, n)).toList(), "UCT");
    }

    private Choice.Candidate candidate(TreeTally tally, Node node) {
        NodeId parent = node.parent();
        int visits = tally.visits(node.id());
        int above = parent == null ? visits : tally.visits(parent);
        return new Choice.Candidate(node.id(), visits, tally.mean(node.id()), bonus(above, visits));
    }

    /// `c sqrt(ln N / n)`.
    double bonus(int parentVisits, int visits) {
        return exploration * Math.sqrt(Math.log(Math.max(1, parentVisits)) / Math.max(1, visits));
    }
}
