package trex.researcher.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trex.model.Evidence;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.Recipe;
import trex.model.Rounded;
import trex.model.Score;
import trex.search.Lineage;
import trex.search.MemoryContext;
import trex.search.Move;

/// What the memory of a proposal tells about its moves: how the same moves ended before.
///
/// @param memory of proposals below one node of the tree
record Recollection(MemoryContext memory, ExperimentTree tree, Mission mission) {
    private static final String ID = "memory";
    private static final int MOST = 3;

    /// A node that made one of the moves, and where it stands.
    private record Precedent(Node node, String where, List<Move> moves) {}

    /// The nearest first: beside the proposal, then on the way to it, then elsewhere.
    List<Evidence> of(Recipe origin, Recipe proposed) {
        List<Move> moves = Move.between(origin, proposed);
        List<Precedent> found = new ArrayList<>();
        memory.siblings().reversed().forEach(n -> add(found, n, "from the same parent", moves));
        memory.path().reversed().forEach(n -> add(found, n, "on the way here", moves));
        memory.critical().forEach(n -> add(found, n, "elsewhere in the tree", moves));
        return found.stream().limit(MOST).map(this::evidence).toList();
    }

    private void add(List<Precedent> found, Node node, String where, List<Move> moves) {
        Recipe recipe = Lineage.recipe(node);
        if (node.parent() == null || recipe == null || !node.state().isFinal()) {
            return;
        }
        List<Move> shared = new ArrayList<>(Move.between(Lineage.parentRecipe(tree, node, mission), recipe));
        shared.retainAll(moves);
        if (!shared.isEmpty()) {
            found.add(new Precedent(node, where, shared));
        }
    }

    private Evidence evidence(Precedent precedent) {
        Node node = precedent.node();
        String what = String.join(", ", precedent.moves().stream().map(Move::gerund).toList());
        return new Evidence(ID, String.format(Locale.ROOT, "%s%s was tried %s: %s.",
                Character.toUpperCase(what.charAt(0)), what.substring(1), precedent.where(), ending(node)),
                "node " + node.id());
    }

    private String ending(Node node) {
        return switch (node.state()) {
            case COMPLETED -> score(node);
            case FAILED -> node.id() + " failed, " + node.note();
            case REJECTED -> node.id() + " was rejected, " + node.note();
            case SKIPPED, PROPOSED, QUEUED, RUNNING -> node.id() + " was not carried out";
        };
    }

    private String score(Node node) {
        Score after = node.score();
        Score before = node.parent() == null ? null : tree.node(node.parent()).score();
        return after == null || before == null
                ? node.id() + " ended"
                : String.format(Locale.ROOT, "%s has %s %s after %s%s", node.id(), after.metric().id(),
                        Rounded.of(after.value(), 3), Rounded.of(before.value(), 3), after.withinNoiseOf(before) ? ", within noise" : "");
    }
}
