package trex.researcher.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import trex.model.Evidence;
import trex.model.ExperimentTree;
import trex.model.FieldChange;
import trex.model.FieldGroup;
import trex.model.Insight;
import trex.model.Node;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.ResearchDirection;
import trex.model.Rounded;
import trex.search.Move;
import trex.search.planner.Proposal;

/// Says in plain sentences what a proposal expects and what it stands on.
final class Wording {
    private Wording() {}

    static ResearchDirection direction(Recipe from, Recipe to) {
        List<FieldChange> changes = to.differenceFrom(from);
        return !changes.isEmpty() && changes.stream().allMatch(Wording::isOfData)
                ? ResearchDirection.REFINE_DATA
                : ResearchDirection.ADJUST_TRAINING;
    }

    private static boolean isOfData(FieldChange change) {
        return RecipeField.named(change.field()).group() == FieldGroup.DATA;
    }

    /// As in "Raising learningRate (0.001 → 0.003) improves on #4: the planner expects …".
    static String edit(Node parent, Recipe from, Recipe to, Proposal proposal) {
        List<Move> moves = Move.between(from, to);
        List<FieldChange> changes = Move.changes(from, to);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < moves.size(); i++) {
            FieldChange change = changes.get(i);
            parts.add(moves.get(i).gerund() + " (" + change.from() + " → " + change.to() + ")");
        }
        String what = String.join(", ", parts);
        return Character.toUpperCase(what.charAt(0)) + what.substring(1) + " improves on " + parent.id()
                + expectation(proposal) + ".";
    }

    static String expectation(Proposal proposal) {
        Proposal.Forecast forecast = proposal.forecast();
        return forecast == null
                ? ""
                : String.format(Locale.ROOT, "; the planner expects %.3f ± %.3f where the best so far is worth %.3f",
                        Math.abs(forecast.expected().mean()), forecast.expected().deviation(),
                        Math.abs(forecast.incumbent()));
    }

    /// The planner's own evidence: the nodes it learnt from.
    static List<Evidence> planner(ExperimentTree tree, Proposal proposal) {
        Proposal.Forecast forecast = proposal.forecast();
        if (forecast == null) {
            return List.of();
        }
        String nodes = tree.nodes().stream()
                .filter(n -> n.state() == NodeState.COMPLETED && n.parent() != null)
                .map(n -> n.id().toString())
                .collect(Collectors.joining(", "));
        return List.of(new Evidence("planner", String.format(Locale.ROOT,
                "Highest expected improvement of the candidates, %.4f%s.", forecast.improvement(), byField(forecast)),
                "nodes " + nodes));
    }

    /// As in "; by field: learningRate +0.012, rank -0.001".
    private static String byField(Proposal.Forecast forecast) {
        return forecast.moves().isEmpty() ? "" : "; by field: " + forecast.moves().stream()
                .map(m -> m.dimension() + " " + Rounded.change(m.gain(), 3))
                .collect(Collectors.joining(", "));
    }

    /// Insights of the tree that speak of a moved field.
    static List<Evidence> insights(ExperimentTree tree, List<Move> moves) {
        List<Evidence> found = new ArrayList<>();
        for (Insight insight : tree.insights()) {
            boolean speaks = moves.stream().anyMatch(m -> insight.lesson().toLowerCase(Locale.ROOT)
                    .contains(m.gerund().toLowerCase(Locale.ROOT)));
            if (speaks) {
                found.add(new Evidence("insight", insight.lesson(), "nodes " + insight.evidence().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(", "))));
            }
        }
        return found;
    }
}
