package trex.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trex.model.ExperimentTree;
import trex.model.PairedBootstrap;
import trex.model.PairedComparison;
import trex.model.PairedTest;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.Rounded;
import trex.model.Score;
import trex.model.SeedScores;
import trex.model.Study;
import trex.model.StudyResult;

/// Baseline against best model, and whether the difference is more than luck.
final class ResultSection {
    private final ReportSource source;
    private final Study study;
    private final ExperimentTree tree;

    ResultSection(ReportSource source) {
        this.source = source;
        this.study = source.study();
        this.tree = source.tree();
    }

    void write(Markup page) {
        page.open("section").leaf("h2", "Result");
        StudyResult result = study.result();
        if (result == null) {
            page.leaf("p", "The study is not finished; the test split has not been opened.");
            tree.best().ifPresent(best -> page.leaf("p", "Best so far: " + best.id() + " with "
                    + Phrases.scoreWithCount(best.score()) + " on the validation split."));
        } else {
            result(page, result);
        }
        page.close();
    }

    private void result(Markup page, StudyResult result) {
        StudyResult.Best best = result.best();
        page.open("table", "class", "result").open("thead").open("tr");
        page.leaf("th", study.mission().metric().id()).leaf("th", "validation").leaf("th", "test");
        page.close().close().open("tbody");
        row(page, "baseline", result.baseline().validation(), result.baseline().test());
        if (best != null) {
            row(page, "best model, " + best.node(), best.validation(), best.test());
        }
        page.close().close();
        if (best == null) {
            page.leaf("p", "No round was completed, so there is no best model.");
            return;
        }
        page.leaf("p", verdict(result.baseline().test(), best.test()), "class", "verdict");
        source.compare(tree.baseline().testRun(), tree.node(best.node()).testRun())
                .ifPresent(c -> page.leaf("p", paired(c)));
        seeds(page);
        tree.recipe(best.node()).ifPresent(recipe -> recipe(page, recipe));
    }

    private static void row(Markup page, String name, Score validation, @Nullable Score test) {
        page.open("tr").leaf("th", name, "scope", "row").leaf("td", Phrases.scoreWithCount(validation))
                .leaf("td", Phrases.scoreWithCount(test)).close();
    }

    private static String verdict(@Nullable Score baseline, @Nullable Score best) {
        if (baseline == null || best == null) {
            return "The test split has not been opened.";
        }
        double error = Math.hypot(baseline.standardError(), best.standardError());
        String change = "On the test split the change is " + Rounded.change(best.value() - baseline.value(), 4)
                + " with a standard error of " + Rounded.of(error, 4);
        if (best.withinNoiseOf(baseline)) {
            return change + ": within two standard errors, so it may be luck.";
        }
        return change + (best.beats(baseline) ? ": a gain beyond two standard errors."
                : ": the best model is worse than the baseline, beyond two standard errors.");
    }

    private static String paired(PairedTest test) {
        String outcome = Phrases.comparison(test) + " (" + test.method() + ").";
        return switch (test) {
            case PairedComparison c -> String.format(Locale.ROOT, "Example by example: of %d test examples the best"
                    + " model answers %d rightly that the baseline missed, and misses %d that the baseline had: %s",
                    c.n(), c.gained(), c.lost(), outcome);
            case PairedBootstrap b -> "On the same " + b.n() + " test examples the best model's macro-F1 is larger than the"
                    + " baseline's by " + Rounded.change(b.low(), 4) + " to " + Rounded.change(b.high(), 4) + " (95 %): " + outcome;
        };
    }

    /// What is left of the best scores under another seed.
    private void seeds(Markup page) {
        List<SeedScores> repeated = SeedScores.of(tree);
        page.leaf("h3", "The best rounds with another seed");
        if (repeated.isEmpty()) {
            page.leaf("p", "None was repeated: the budget had no seconds for it. The best of "
                    + tree.rounds().completed() + " scores is partly luck, and its validation score too high.");
            return;
        }
        page.leaf("p", "The best of " + tree.rounds().completed() + " scores is partly luck; another seed shows how much"
                + " (regression to the mean). The model with the best mean is named.");
        page.open("table", "class", "result").open("thead").open("tr");
        List.of("node", "first seed", "another seed", "change", "mean").forEach(h -> page.leaf("th", h));
        page.close().close().open("tbody");
        for (SeedScores s : repeated) {
            page.open("tr").leaf("th", s.node().toString(), "scope", "row").leaf("td", Phrases.score(s.first()));
            page.leaf("td", s.again().stream().map(Phrases::score).collect(Collectors.joining(", ")));
            page.leaf("td", Rounded.change(s.change(), 4)).leaf("td", Rounded.of(s.mean(), 4)).close();
        }
        page.close().close();
    }

    private static void recipe(Markup page, Recipe recipe) {
        page.leaf("h3", "Recipe of the best model");
        FactTable facts = new FactTable(page);
        RecipeField.all().stream().filter(field -> field.applies(recipe))
                .forEach(field -> facts.row(field.name(), field.text(recipe)));
        facts.row("seed", Long.toString(recipe.seed()));
        facts.end();
    }
}
