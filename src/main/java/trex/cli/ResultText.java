package trex.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trex.loop.Studies;
import trex.model.ExperimentTree;
import trex.model.Metric;
import trex.model.PairedBootstrap;
import trex.model.PairedComparison;
import trex.model.PairedTest;
import trex.model.RoundCount;
import trex.model.Rounded;
import trex.model.Run;
import trex.model.Score;
import trex.model.SeedScores;
import trex.model.StudyId;
import trex.model.StudyResult;

/// How a finished study is told in the terminal: both models' scores, and whether the gain is real.
final class ResultText {
    private ResultText() {}

    /// @param studies where the study's tree and answers are
    static List<String> of(Studies studies, StudyId study, Metric metric, StudyResult result, Path report) {
        ExperimentTree tree = studies.tree(study);
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Study " + study + " finished in " + Wording.clock(result.seconds()) + takenOver(tree) + ": "
                + text(tree.rounds()) + ".");
        lines.add(row(metric.id(), "validation", "test"));
        lines.add(row("baseline", text(result.baseline().validation()), text(result.baseline().test())));
        StudyResult.Best best = result.best();
        if (best == null) {
            lines.add("No round was completed, so there is no best model.");
        } else {
            lines.add(row("best, " + best.node(), text(best.validation()), text(best.test())));
            lines.add(verdict(result.baseline().test(), best.test()));
            paired(studies, study, metric, tree, best).map(ResultText::text).ifPresent(lines::add);
            SeedScores.of(tree).stream().map(ResultText::text).forEach(lines::add);
            lines.add("model   " + best.checkpoint().path());
        }
        lines.add("report  " + report);
        return lines;
    }

    private static String takenOver(ExperimentTree tree) {
        double seconds = tree.takenOverSeconds();
        return seconds < 0.5 ? "" : " of computing, " + Wording.clock(seconds) + " of it taken over from earlier studies";
    }

    private static Optional<? extends PairedTest> paired(
            Studies studies, StudyId study, Metric metric, ExperimentTree tree, StudyResult.Best best) {
        Run before = tree.baseline().testRun();
        Run after = tree.node(best.node()).testRun();
        return before == null || after == null
                ? Optional.empty()
                : PairedTest.of(metric, studies.answers(study, before.id()), studies.answers(study, after.id()));
    }

    private static String text(PairedTest test) {
        String chance = (test.p() < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.2g", test.p()))
                + (test.isWithinNoise() ? ", within noise" : "") + " (" + test.method() + ").";
        return switch (test) {
            case PairedComparison c -> String.format(Locale.ROOT, "Example by example: %d of %d became right, %d wrong; %s",
                    c.gained(), c.n(), c.lost(), chance);
            case PairedBootstrap b -> "On the same %d examples: macro-F1 %s, %s to %s; %s".formatted(b.n(),
                    Rounded.change(b.difference(), 3), Rounded.change(b.low(), 3), Rounded.change(b.high(), 3), chance);
        };
    }

    private static String text(SeedScores s) {
        return String.format(Locale.ROOT, "%s with another seed: %.3f after %.3f on the validation split, mean %.3f.",
                s.node(), s.again().getFirst().value(), s.first().value(), s.mean());
    }

    private static String verdict(@Nullable Score baseline, @Nullable Score best) {
        if (baseline == null || best == null) {
            return "The test split was not opened.";
        }
        String gain = Rounded.change(best.value() - baseline.value(), 3);
        if (best.withinNoiseOf(baseline)) {
            return "The change of " + gain + " on the test split is within two standard errors: it may be luck.";
        }
        return best.beats(baseline)
                ? "The gain of " + gain + " on the test split is beyond two standard errors."
                : "The best model is worse on the test split, by " + gain + ", beyond two standard errors.";
    }

    private static String text(RoundCount rounds) {
        return rounds.completed() + " rounds completed, " + rounds.failed() + " failed"
                + (rounds.pruned() == 0 ? "" : ", " + rounds.pruned() + " stopped early")
                + (rounds.rejected() == 0 ? "" : "; " + rounds.rejected() + " proposals rejected")
                + (rounds.skipped() == 0 ? "" : "; " + rounds.skipped() + " proposals not carried out");
    }

    private static String text(@Nullable Score score) {
        return score == null ? "–" : Wording.score(score) + " (n=" + score.n() + ")";
    }

    private static String row(String name, String validation, String test) {
        return String.format(Locale.ROOT, "  %-14s  %-24s  %s", name, validation, test);
    }
}
