package trex.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import trex.model.Evidence;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.RunCost;
import trex.model.RunOutcome;

/// Every node: what was tried and why, what came of it, what it cost.
final class RoundsSection {
    private static final List<String> HEADINGS =
            List.of("node", "from", "state", "validation", "strategy", "recipe", "cost");

    private final ReportSource source;
    private final Mission mission;
    private final ExperimentTree tree;

    RoundsSection(ReportSource source) {
        this.source = source;
        this.mission = source.study().mission();
        this.tree = source.tree();
    }

    void write(Markup page) {
        if (tree.isEmpty()) {
            return;
        }
        page.open("section").leaf("h2", "Rounds").open("div", "class", "wide").open("table", "class", "rounds");
        page.open("thead").open("tr");
        HEADINGS.forEach(heading -> page.leaf("th", heading));
        page.close().close().open("tbody");
        tree.nodes().forEach(node -> row(page, node));
        page.close().close().close().close();
    }

    private void row(Markup page, Node node) {
        page.open("tr", "id", "node-" + node.id().value());
        page.leaf("th", node.id().toString(), "scope", "row");
        page.leaf("td", node.parent() == null ? "" : node.parent().toString());
        page.leaf("td", Phrases.word(node.state()) + (tree.isPruned(node.id()) ? ", pruned" : ""),
                "class", node.state().name().toLowerCase(Locale.ROOT));
        validation(page, node);
        strategy(page, node);
        page.open("td");
        Phrases.differences(tree, node, mission).forEach(difference -> page.leaf("div", difference));
        page.close();
        page.leaf("td", cost(node), "class", "figure");
        page.close();
    }

    /// The score, and the difference from the parent on the same examples.
    private void validation(Markup page, Node node) {
        page.open("td", "class", "figure").leaf("div", Phrases.score(node.score()));
        NodeId parent = node.parent();
        if (parent != null) {
            source.compare(tree.node(parent).scoringRun(), node.scoringRun())
                    .ifPresent(c -> page.leaf("div", "against " + parent + ": " + Phrases.comparison(c), "class", "evidence"));
        }
        page.close();
    }

    private static void strategy(Markup page, Node node) {
        page.open("td").leaf("div", node.strategy().hypothesis());
        for (Evidence evidence : node.strategy().evidence()) {
            page.leaf("div", evidence.statement() + " [" + evidence.id() + ": " + evidence.source() + "]",
                    "class", "evidence");
        }
        var choice = node.choice();
        if (choice != null) {
            page.leaf("div", "Grown here because " + choice.reason(), "class", "evidence");
        }
        if (!node.note().isEmpty()) {
            page.leaf("div", node.note(), "class", "note");
        }
        page.close();
    }

    private static String cost(Node node) {
        RunCost cost = SpendingSection.cost(node);
        long failed = node.runs().stream().filter(run -> run.outcome() instanceof RunOutcome.Failed).count();
        long takenOver = node.runs().stream().flatMap(run -> Stream.ofNullable(run.outcome()))
                .filter(outcome -> outcome.cost().takenOver()).count();
        return cost.equals(RunCost.NONE) && takenOver == 0 ? "" : Phrases.clock(cost.seconds()) + ", " + Phrases.gibibytes(cost.peakBytes())
                + (takenOver == 0 ? "" : ", " + takenOver + " taken over from earlier runs") + (failed == 0 ? "" : ", " + failed + " failed");
    }
}
