package trex.search;

import java.util.List;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;

/// UCT that backs up the best instead of the mean (MaxUCT, Keller and Helmert 2013), with
/// progressive widening: a node gets another child while it has fewer than `sqrt(n)` (Coulom 2007).
public final class UctMax implements SearchPolicy {
    public static final String ID = "uct-max";

    private final double exploration;

    /// @param exploration the constant c, at least 0; 0.1 did best in this project's ablation
    public UctMax(double exploration) {
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
        if (Eligible.nodes(tree).isEmpty()) {
            return Eligible.baselineOnly();
        }
        TreeTally tally = new TreeTally(tree);
        NodeId at = NodeId.BASELINE;
        while (true) {
            List<Node> live = Eligible.live(tree, at);
            int visits = tally.visits(at);
            if (live.isEmpty() || children(tree, at) < allowedChildren(visits)) {
                return new Choice(at, "UCT-max: " + at + " may have " + allowedChildren(visits)
                        + " children after " + visits + " visits", candidates(tally, visits, live));
            }
            at = Eligible.best(candidates(tally, visits, live), "UCT-max").node();
        }
    }

    private static long children(ExperimentTree tree, NodeId at) {
        return Eligible.tried(tree, at).stream().filter(n -> n.state() != NodeState.FAILED).count();
    }

    private List<Choice.Candidate> candidates(TreeTally tally, int parentVisits, List<Node> live) {
        return live.stream()
                .map(n -> new Choice.Candidate(n.id(), tally.visits(n.id()), tally.max(n.id()),
                        bonus(parentVisits, tally.visits(n.id()))))
                .toList();
    }

    /// `c sqrt(ln N / n)`.
    double bonus(int parentVisits, int visits) {
        return exploration * Math.sqrt(Math.log(Math.max(1, parentVisits)) / Math.max(1, visits));
    }

    /// `floor(sqrt(n))`, at least 1.
    static int allowedChildren(int visits) {
        return Math.max(1, (int) Math.floor(Math.sqrt(visits)));
    }
}
