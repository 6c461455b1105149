package trex.cli;

import trex.executor.TunedModel;
import trex.loop.Studies;
import trex.model.Checkpoint;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.Prepared;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Study;

/// A node of a study, and the model that it stands for.
///
/// @param model the best checkpoint of the node, or the untouched model for the baseline
record NodeChoice(Study study, Node node, TunedModel model) {
    private static final String BEST = "best";

    /// @param word the node's number, with or without `#`, or `best`
    static NodeChoice of(Studies studies, Study study, String word) throws Studies.Refused {
        Node node = node(studies.tree(study.id()), study, word);
        Prepared prepared = study.prepared();
        if (prepared == null) {
            throw new Studies.Refused("Study " + study.id() + " has no base model yet: it was not prepared");
        }
        return new NodeChoice(study, node, new TunedModel(prepared.model(), checkpoint(study, node)));
    }

    private static Node node(ExperimentTree tree, Study study, String word) throws Studies.Refused {
        if (word.equals(BEST)) {
            return tree.best().orElseThrow(
                    () -> new Studies.Refused("Study " + study.id() + " has no completed node yet"));
        }
        String number = word.startsWith("#") ? word.substring(1) : word;
        if (!number.matches("[0-9]{1,6}") || Integer.parseInt(number) >= tree.nodes().size()) {
            throw new Studies.Refused("Study " + study.id() + " has no node \"" + word + "\"; "
                    + (tree.isEmpty() ? "it has none yet" : "it has #0 to #" + (tree.nodes().size() - 1) + ", or say best"));
        }
        return tree.node(new NodeId(Integer.parseInt(number)));
    }

    private static @org.jspecify.annotations.Nullable Checkpoint checkpoint(Study study, Node node) throws Studies.Refused {
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
