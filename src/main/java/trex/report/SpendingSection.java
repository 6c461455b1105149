package trex.report;

import java.util.Locale;
import trex.model.Budget;
import trex.model.ByteCount;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.RoundCount;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.Study;

/// What the study has cost.
final class SpendingSection {
    private final Study study;
    private final ExperimentTree tree;

    SpendingSection(Study study, ExperimentTree tree) {
        this.study = study;
        this.tree = tree;
    }

    void write(Markup page) {
        RunCost runs = tree.nodes().stream().map(SpendingSection::cost).reduce(RunCost.NONE, RunCost::plus);
        page.open("section").leaf("h2", "Spending");
        FactTable facts = new FactTable(page);
        facts.row("rounds", rounds(tree.rounds(), study.mission().budget().rounds()));
        facts.row("computing", Phrases.clock(study.spending().spentSeconds()) + " of "
                + Phrases.clock(study.spending().budgetSeconds()));
        Budget budget = study.mission().budget();
        if (budget.pricePerHour() > 0) {
            facts.row("cost of computing", String.format(Locale.ROOT, "%.2f", budget.price(study.spending().spentSeconds()))
                    + (budget.money() == 0 ? "" : String.format(Locale.ROOT, " of %.2f", budget.money())));
        }
        facts.row("runs", tree.nodes().stream().mapToInt(node -> node.runs().size()).sum() + ", in all "
                + Phrases.clock(runs.spentSeconds()) + takenOver());
        facts.row("examples trained", Long.toString(runs.examples()));
        String limit = budget.tokens() == 0 ? "" : " of " + budget.tokens();
        facts.row("tokens trained", runs.tokens() + (runs.askedTokens() == 0 ? limit : ""));
        if (runs.askedTokens() > 0) {
            facts.row("tokens asked of a language model",
                    runs.askedTokens() + ", in " + Phrases.clock(runs.askingSeconds()));
            facts.row("tokens in all", runs.spentTokens() + limit);
        }
        facts.row("disk that runs hold", new ByteCount(study.spending().disk().held())
                + (budget.disk() == 0 ? "" : " of " + new ByteCount(budget.disk())));
        facts.row("peak memory of a worker", Phrases.gibibytes(runs.peakBytes()));
        facts.end();
        page.close();
    }

    private String takenOver() {
        double seconds = tree.takenOverSeconds();
        return seconds < 0.5 ? "" : ", " + Phrases.clock(seconds) + " of it taken over from earlier runs of the same work";
    }

    private static String rounds(RoundCount rounds, int budget) {
        return rounds.finished() + " of " + budget + ": " + rounds.completed() + " completed, " + rounds.failed()
                + " failed, " + rounds.pruned() + " stopped early; beside them " + rounds.rejected()
                + " proposals rejected and " + rounds.skipped() + " not carried out";
    }

    /// The sum over a node's ended runs.
    static RunCost cost(Node node) {
        RunCost sum = RunCost.NONE;
        for (Run run : node.runs()) {
            var outcome = run.outcome();
            if (outcome != null) {
                sum = sum.plus(outcome.cost());
            }
        }
        return sum;
    }
}
