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
import trex.model.ResearchDirection;
import trex.model.Run;

/// What a node's recipes are compared with on screen.
public final class Recipes {
    private static final int TITLE_CHANGES = 2;

    private Recipes() {}

    /// The recipe that `node` departs from: the parent's best, or its first, or the mission's own
    /// where the parent is the baseline.
    public static Recipe reference(ExperimentTree tree, Node node, Mission mission) {
        if (node.parent() == null) {
            return mission.start();
        }
        Recipe own = best(tree.node(node.parent()));
        return own == null ? mission.start() : own;
    }

    /// The recipe that gave the node its score, or its first; null for the baseline.
    public static @Nullable Recipe best(Node node) {
        List<Recipe> variants = node.strategy().variants();
        Run run = node.bestRun();
        if (run != null && run.variant() >= 0 && run.variant() < variants.size()) {
            return variants.get(run.variant());
        }
        return variants.isEmpty() ? null : variants.getFirst();
    }

    /// A few words for a card: the first changes, or what the node is.
    public static String title(ExperimentTree tree, Node node, Mission mission) {
        Recipe recipe = best(node);
        if (recipe == null) {
            return "Baseline";
        }
        List<FieldChange> changes = recipe.differenceFrom(reference(tree, node, mission));
        if (changes.isEmpty()) {
            return node.strategy().direction() == ResearchDirection.ESTABLISH_BASELINE ? "Baseline" : "Start recipe";
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
