package trex.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trex.loop.Forecast;
import trex.model.Budget;
import trex.model.ByteCount;
import trex.model.Evidence;
import trex.model.ExperimentTree;
import trex.model.FieldChange;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.Recipe;
import trex.model.Strategy;

/// A proposal as the person reads it before the verdict: hypothesis, evidence, what changes, the cost.
final class ProposalText {
    private final Mission mission;

    ProposalText(Mission mission) {
        this.mission = mission;
    }

    List<String> of(ExperimentTree tree, Node node, Strategy strategy, Forecast forecast) {
        List<String> lines = new ArrayList<>();
        NodeId parent = node.parent() == null ? NodeId.BASELINE : node.parent();
        lines.add("");
        lines.add("Proposal " + node.id() + " from " + parent + " by " + strategy.proposedBy() + ": "
                + Wording.word(strategy.direction()));
        lines.add("  " + strategy.hypothesis());
        for (Evidence evidence : strategy.evidence()) {
            lines.add("  because  " + evidence.statement() + "  [" + evidence.id() + ": " + evidence.source() + "]");
        }
        Recipe before = tree.isEmpty() ? mission.start() : tree.recipe(parent).orElse(mission.start());
        for (int i = 0; i < strategy.variants().size(); i++) {
            lines.add("  recipe" + (strategy.variants().size() == 1 ? "" : " " + (i + 1)) + "   "
                    + difference(strategy.variants().get(i).differenceFrom(before), parent));
        }
        lines.add("  cost     " + cost(forecast));
        return lines;
    }

    /// As in "about 0:35 of computing, 12000 tokens, 0.02 of 5.00, 9 MiB of disk; 3:10, 80000 tokens left for
    /// rounds after it".
    private String cost(Forecast forecast) {
        if (Double.isNaN(forecast.seconds())) {
            return "not known yet";
        }
        Budget budget = mission.budget();
        String limited = (budget.tokens() == 0 ? "" : String.format(Locale.ROOT, ", %.0f tokens", forecast.tokensLeft()))
                + (budget.disk() == 0 ? "" : ", " + disk(forecast.diskLeft()));
        return "about " + Wording.clock(forecast.seconds()) + " of computing"
                + (budget.tokens() == 0 ? "" : String.format(Locale.ROOT, ", %.0f tokens", forecast.tokens()))
                + (budget.pricePerHour() == 0 ? "" : ", " + Wording.money(forecast.price(), budget))
                + (forecast.disk() > 0 ? ", " + disk(forecast.disk()) : "")
                + (forecast.fits()
                        ? "; " + Wording.clock(forecast.secondsLeft()) + limited + " left for rounds after it"
                        : "; more than is left for rounds");
    }

    private static String disk(double bytes) {
        return Double.isNaN(bytes) ? "disk as yet unknown" : ByteCount.of(bytes) + " of disk";
    }

    private static String difference(List<FieldChange> changes, NodeId parent) {
        return changes.isEmpty()
                ? "as in " + (parent.equals(NodeId.BASELINE) ? "the mission" : parent)
                : String.join(", ", changes.stream().map(FieldChange::toString).toList());
    }
}
