package trex.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trex.model.ExperimentTree;
import trex.model.FieldChange;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.PairedTest;
import trex.model.Recipe;
import trex.model.Rounded;
import trex.model.Score;

/// How a report writes the vocabulary.
final class Phrases {
    private Phrases() {}

    static String score(@Nullable Score score) {
        return score == null ? "–" : String.format(Locale.ROOT, "%.4f ± %.4f", score.value(), score.standardError());
    }

    static String scoreWithCount(@Nullable Score score) {
        return score == null ? "–" : score(score) + " (n = " + score.n() + ")";
    }

    /// As in `+0.0150 ± 0.0090, p = 0.12: within noise`.
    static String comparison(PairedTest c) {
        return Rounded.change(c.difference(), 4) + " ± " + Rounded.of(c.standardError(), 4) + ", " + probability(c.p())
                + (c.isWithinNoise() ? ": within noise" : "");
    }

    private static String probability(double p) {
        return p < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.2g", p);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String clock(double seconds) {
        long whole = Math.round(Math.max(0, seconds));
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    /// Each variant of the node as a difference from what it departs from.
    static List<String> differences(ExperimentTree tree, Node node, Mission mission) {
        NodeId parent = node.parent();
        if (parent == null) {
            return List.of();
        }
        Recipe before = tree.recipe(parent).orElse(mission.start());
        return node.strategy().variants().stream().map(v -> difference(v.differenceFrom(before), parent)).toList();
    }

    private static String difference(List<FieldChange> changes, NodeId parent) {
        if (changes.isEmpty()) {
            return parent.equals(NodeId.BASELINE) ? "the mission's own recipe" : "as " + parent;
        }
        return changes.stream().map(FieldChange::toString).collect(Collectors.joining(", "));
    }
}
