package trex.search;

import java.util.List;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;

/// Grows the baseline until it has its drafts, then asks the policy behind it.
///
/// A failed draft is tried again in another form, up to as many extra attempts as there are
/// drafts: a study must not spend all its rounds on a model that cannot be trained.
public final class DraftsFirst implements SearchPolicy {
    /// Three from the playbook and two that fill the space.
    public static final int DRAFTS = 5;

    private final int drafts;
    private final SearchPolicy then;

    public DraftsFirst(int drafts, SearchPolicy then) {
        if (drafts < 0) {
            throw new IllegalArgumentException("drafts must be at least 0, got " + drafts);
        }
        this.drafts = drafts;
        this.then = then;
    }

    @Override
    public String id() {
        return then.id();
    }

    @Override
    public Proposing proposing() {
        return then.proposing();
    }

    @Override
    public Choice select(ExperimentTree tree) {
        if (tree.isEmpty() || tree.isPruned(NodeId.BASELINE)) {
            return Eligible.baselineOnly();
        }
        List<Node> tried = Eligible.tried(tree, NodeId.BASELINE);
        long good = tried.stream().filter(n -> n.state() != NodeState.FAILED).count();
        if (good < drafts && tried.size() < 2 * drafts) {
            return new Choice(NodeId.BASELINE, "the first rounds try " + drafts
                    + " different recipes on the base model, so far " + good, List.of());
        }
        return then.select(tree);
    }
}
