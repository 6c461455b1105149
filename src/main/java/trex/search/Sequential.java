package trex.search;

import java.util.List;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Node;

/// Always the latest completed node: a chain, the sequential baseline of the TREX paper.
public final class Sequential implements SearchPolicy {
    public static final String ID = "sequential";

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
        return new Choice(eligible.getLast().id(), "sequential: the latest completed node", List.of());
    }
}
