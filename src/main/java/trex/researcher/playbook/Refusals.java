package trex.researcher.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.search.Lineage;
import trex.search.Move;

/// What the person's rejections forbid: the same moves again, and, where the reason names a field,
/// that move of the field alone.
///
/// @param moves a proposal that makes all moves of one of these sets is refused
record Refusals(List<Set<Move>> moves) {
    Refusals {
        moves = List.copyOf(moves);
    }

    static Refusals of(ExperimentTree tree, Mission mission) {
        List<Set<Move>> refused = new ArrayList<>();
        for (Node node : tree.nodes()) {
            Recipe recipe = Lineage.recipe(node);
            if (node.state() == NodeState.REJECTED && recipe != null) {
                List<Move> rejected = Move.between(Lineage.parentRecipe(tree, node, mission), recipe);
                if (!rejected.isEmpty()) {
                    refused.add(Set.copyOf(rejected));
                }
                rejected.stream()
                        .filter(m -> names(node.note(), m.field()))
                        .forEach(m -> refused.add(Set.of(m)));
            }
        }
        return new Refusals(refused);
    }

    /// Whether a text speaks of a field: by its name, or by its words, as in "learning rate".
    private static boolean names(String text, String field) {
        String words = field.replaceAll("([A-Z])", "[ _-]?$1");
        return Pattern.compile("\\b" + words + "\\b", Pattern.CASE_INSENSITIVE).matcher(text).find();
    }

    boolean forbid(Recipe from, Recipe to) {
        Set<Move> made = Set.copyOf(Move.between(from, to));
        return moves.stream().anyMatch(made::containsAll);
    }
}
