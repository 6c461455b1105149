package trex.gui.shell;

import org.jspecify.annotations.Nullable;
import trex.gui.study.StudyViewModel;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.StudyState;

/// Selects what is going on until the person selects something: the proposal that waits, the node
/// that runs, at the end the best; in between it stays where it is. A proposal that waits for the
/// person is always shown.
final class Follower {
    private @Nullable StudyViewModel study;
    private @Nullable NodeId own;

    /// Called when the study's tree, state or proposal has changed.
    void follow(@Nullable StudyViewModel shown) {
        if (shown != study) {
            study = shown;
            own = shown == null ? null : shown.selectedProperty().get();
        }
        if (shown == null) {
            return;
        }
        NodeId selected = shown.selectedProperty().get();
        boolean free = selected == null || selected.equals(own);
        NodeId wanted = wanted(shown);
        if (free && wanted != null && !wanted.equals(selected)) {
            select(shown, wanted);
        }
    }

    /// A proposal began to wait.
    void proposed(StudyViewModel shown, NodeId node) {
        if (node.value() < shown.tree().nodes().size()) {
            select(shown, node);
        }
    }

    private void select(StudyViewModel shown, NodeId node) {
        own = node;
        shown.selectedProperty().set(node);
    }

    private static @Nullable NodeId wanted(StudyViewModel shown) {
        if (shown.stateProperty().get() == StudyState.FINISHED) {
            return shown.tree().best(shown.resultProperty().get()).map(Node::id).orElse(null);
        }
        return shown.tree().nodes().reversed().stream()
                .filter(n -> n.state() == NodeState.RUNNING || n.state() == NodeState.PROPOSED)
                .findFirst().map(Node::id).orElseGet(() -> beginning(shown));
    }

    private static @Nullable NodeId beginning(StudyViewModel shown) {
        NodeId selected = shown.selectedProperty().get();
        return selected == null ? shown.tree().nodes().stream().findFirst().map(Node::id).orElse(null) : selected;
    }
}
