package trex.gui.study;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trex.gui.text.Figures;
import trex.model.ExperimentTree;
import trex.model.FieldChange;
import trex.model.Mission;
import trex.model.Node;
import trex.model.Recipe;

/// What a node's recipes are compared with on screen.
public final class Recipes {
    private static final int TITLE_CHANGES = 2;

    private Recipes() {}

    /// The recipe that `node` departs from: the parent's best, or its first, or the mission's own
    /// where the parent is the baseline.
    public static Recipe reference(ExperimentTree tree, Node node, Mission mission) {
        return node.parent() == null ? mission.start() : tree.recipe(node.parent()).orElse(mission.start());
    }

    /// The recipe that gave the node its score, or its first; null for the baseline.
    public static @Nullable Recipe best(ExperimentTree tree, Node node) {
        return node.parent() == null ? null : tree.recipe(node.id()).orElse(null);
    }

    /// A few words for a card: the first changes, or what the node is.
    public static String title(ExperimentTree tree, Node node, Mission mission) {
        Recipe recipe = best(tree, node);
        if (recipe == null) {
            return "Baseline";
        }
        List<FieldChange> changes = recipe.differenceFrom(reference(tree, node, mission));
        if (changes.isEmpty()) {
            return "Start recipe";
        }
        return changes.stream().limit(TITLE_CHANGES).map(c -> shortName(c.field()) + " " + shortValue(c.to()))
                .collect(Collectors.joining(", ")) + (changes.size() > TITLE_CHANGES ? " …" : "");
    }

    private static String shortName(String field) {
        return switch (field) {
            case "learningRate" -> "lr";
            case "batchSize" -> "batch";
            case "warmupRatio" -> "warm-up";
            case "weightDecay" -> "decay";
            case "deduplicate" -> "dedup";
            case "shortFirst" -> "short first";
            case "lossOn" -> "loss";
            default -> field;
        };
    }

    private static String shortValue(String value) {
        try {
            return Figures.compact(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return value.isEmpty() ? "–" : value;
        }
    }
}
