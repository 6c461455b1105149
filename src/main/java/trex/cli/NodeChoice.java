package trex.cli;

import trex.executor.NodeModel;
import trex.loop.Studies;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.Study;

/// Finds the node that a word on the command line names.
final class NodeChoice {
    private static final String BEST = "best";

    private NodeChoice() {}

    /// @param word the node's number, with or without `#`, or `best`
    static NodeModel of(Studies studies, Study study, String word) throws Studies.Refused {
        return NodeModel.of(study, node(studies.tree(study.id()), study, word));
    }

    static Node node(ExperimentTree tree, Study study, String word) throws Studies.Refused {
        if (word.equals(BEST)) {
            return tree.best(study.result()).orElseThrow(
                    () -> new Studies.Refused("Study " + study.id() + " has no completed node yet"));
        }
        String number = word.startsWith("#") ? word.substring(1) : word;
        if (!number.matches("[0-9]{1,6}") || Integer.parseInt(number) >= tree.nodes().size()) {
            throw new Studies.Refused("Study " + study.id() + " has no node \"" + word + "\"; "
                    + (tree.isEmpty() ? "it has none yet" : "it has #0 to #" + (tree.nodes().size() - 1) + ", or say best"));
        }
        return tree.node(new NodeId(Integer.parseInt(number)));
    }
}
