package trex.loop;

import java.util.List;
import trex.model.NodeId;
import trex.model.Recipe;
import trex.model.Strategy;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.search.Boosted;
import trex.search.pruner.Pruners;

/// What the person wishes of a study's search, put into the store: the next choice obeys, of a loop that
/// goes on now or of one that goes on later.
public final class Steering {
    private final StudyId id;
    private final StudyStore store;
    private final Ports.Policies policies;

    public Steering(StudyId id, StudyStore store, Ports.Policies policies) {
        this.id = id;
        this.store = store;
        this.policies = policies;
    }

    /// As [StudyControl#prune] says.
    ///
    /// @throws IllegalArgumentException if there is no such node
    public void prune(NodeId node, boolean pruned) {
        refuseUnknown(node);
        store.prune(id, node, pruned);
    }

    /// As [StudyControl#boost] says.
    ///
    /// @throws IllegalArgumentException if nothing can grow from `node`
    public void boost(NodeId node) {
        if (!Boosted.isPossible(store.tree(id), node)) {
            throw new IllegalArgumentException("nothing can grow from node " + node
                    + ": only from completed nodes outside pruned branches");
        }
        store.boost(id, node);
        store.journal(id, "boosted " + node);
    }

    /// As [StudyControl#propose] says.
    ///
    /// @return the new node
    /// @throws IllegalArgumentException if the mission forbids a value of the strategy; says which
    public NodeId propose(NodeId parent, Strategy strategy) {
        refuseUnknown(parent);
        refuseForbidden(strategy, parent);
        NodeId node = store.open(id, parent, strategy, null);
        store.approve(id, node, strategy);
        return node;
    }

    /// As [StudyControl#change] says.
    ///
    /// @throws IllegalArgumentException for a policy or a pruner that there is none of; says which there are
    public void change(StudySettings settings) {
        policies.policy(settings, store.study(id).mission());
        Pruners.named(settings.pruner());
        store.settings(id, settings);
    }

    /// Recipes that stand in the tree may be used as they are.
    void refuseForbidden(Strategy strategy, NodeId node) {
        List<Recipe> known = store.tree(id).node(node).strategy().variants();
        store.study(id).mission().refuseForbidden(strategy.variants(), known);
    }

    private void refuseUnknown(NodeId node) {
        int nodes = store.tree(id).nodes().size();
        if (node.value() >= nodes) {
            throw new IllegalArgumentException("study " + id + " has no node " + node + "; "
                    + (nodes == 0 ? "it has none yet" : "it has #0 to #" + (nodes - 1)));
        }
    }
}
