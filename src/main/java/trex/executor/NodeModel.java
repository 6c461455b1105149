package trex.executor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import trex.loop.Studies;
import trex.model.Checkpoint;
import trex.model.Node;
import trex.model.Prepared;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Study;

/// A node of a study, and the model that it stands for.
///
/// @param model the best checkpoint of the node, or the untouched model for the baseline
public record NodeModel(Study study, Node node, TunedModel model) {
    /// @throws Studies.Refused where the node stands for no model yet; the message says why
    public static NodeModel of(Study study, Node node) throws Studies.Refused {
        Prepared prepared = study.prepared();
        if (prepared == null) {
            throw new Studies.Refused("Study " + study.id() + " has no base model yet: it was not prepared");
        }
        return new NodeModel(study, node, new TunedModel(prepared.model(), checkpoint(study, node)));
    }

    /// What its exported files are named by.
    public String name() {
        return (study.mission().name() + "-" + node.id().value()).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Checkpoint checkpoint(Study study, Node node) throws Studies.Refused {
        if (node.parent() == null) {
            return null;
        }
        Run run = node.bestRun();
        if (run != null && run.outcome() instanceof RunOutcome.Completed(_, Checkpoint checkpoint, _)) {
            return checkpoint;
        }
        throw new Studies.Refused("Node " + node.id() + " of " + study.id() + " has no finished training, so no model");
    }
}
