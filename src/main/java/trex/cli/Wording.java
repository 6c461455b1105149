package trex.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import trex.model.Budget;
import trex.model.ByteCount;
import trex.model.DiskUse;
import trex.model.ExperimentTree;
import trex.model.FieldChange;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.Recipe;
import trex.model.ResearchDirection;
import trex.model.Score;
import trex.model.SeedScores;

/// How the terminal writes the vocabulary.
final class Wording {
    private Wording() {}

    /// A score with its standard error, as in `0.812 ± 0.013`.
    static String score(Score score) {
        return String.format(Locale.ROOT, "%.3f ± %.3f", score.value(), score.standardError());
    }

    /// A node's score, or the mean of its seeds where several have spoken, as in `0.806 (2 seeds)`.
    static String measured(Node node) {
        Score first = node.score();
        return SeedScores.of(node)
                .map(s -> String.format(Locale.ROOT, "%.3f (%d seeds)", s.mean(), s.seeds()))
                .orElseGet(() -> first == null ? "" : score(first));
    }

    /// Minutes and seconds, hours where there are some.
    static String clock(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    static String clock(double seconds) {
        return clock(Duration.ofSeconds(Math.round(seconds)));
    }

    /// What has a price beside all the money there is, as in `0.42 of 5.00`.
    static String money(double price, Budget budget) {
        return String.format(Locale.ROOT, "%.2f", price)
                + (budget.money() == 0 ? "" : String.format(Locale.ROOT, " of %.2f", budget.money()));
    }

    /// Bytes that runs hold, beside all they may, as in `120 MiB of 2.0 GiB`.
    static String disk(DiskUse disk) {
        return new ByteCount(disk.held()) + (disk.budget() == 0 ? "" : " of " + new ByteCount(disk.budget()));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// What the node tries: the changed recipe fields of its variants, or its hypothesis.
    static String attempt(ExperimentTree tree, Node node, Mission mission) {
        NodeId parent = node.parent();
        if (parent == null || node.strategy().direction() == ResearchDirection.ESTABLISH_BASELINE) {
            return "baseline";
        }
        Recipe before = tree.recipe(parent).orElse(mission.start());
        String changes = node.strategy().variants().stream()
                .map(variant -> changes(variant.differenceFrom(before)))
                .distinct()
                .collect(Collectors.joining(" | "));
        return changes.isEmpty() ? node.strategy().hypothesis() : changes;
    }

    private static String changes(List<FieldChange> changes) {
        return changes.stream().map(FieldChange::toString).collect(Collectors.joining(", "));
    }
}
