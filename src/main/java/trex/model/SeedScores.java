package trex.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A round's score and what its recipe scored with other seeds. The best of many scores is partly
/// luck; the others show how much (regression to the mean).
///
/// @param first the score that the search saw
/// @param again scores with other seeds, at least one
public record SeedScores(NodeId node, Score first, List<Score> again) {
    public SeedScores {
        again = List.copyOf(again);
        if (again.isEmpty()) {
            throw new IllegalArgumentException("node " + node + " has no score with another seed");
        }
    }

    /// All rounds that were repeated, the best by the first score first.
    public static List<SeedScores> of(ExperimentTree tree) {
        List<SeedScores> all = new ArrayList<>(tree.nodes().stream().flatMap(node -> of(node).stream()).toList());
        all.sort(Comparator.comparing(SeedScores::first, (a, b) -> a.beats(b) ? -1 : b.beats(a) ? 1 : 0));
        return all;
    }

    /// Empty for a round that was not repeated.
    public static Optional<SeedScores> of(Node node) {
        List<Score> again = node.runs().stream()
                .filter(node::isRepeat)
                .map(Run::outcome)
                .filter(RunOutcome.Completed.class::isInstance)
                .map(o -> ((RunOutcome.Completed) o).score())
                .toList();
        Score first = node.score();
        return again.isEmpty() || first == null ? Optional.empty() : Optional.of(new SeedScores(node.id(), first, again));
    }

    /// How many seeds have spoken.
    public int seeds() {
        return 1 + again.size();
    }

    /// Over all seeds, the first included.
    public double mean() {
        double sum = first.value() + again.stream().mapToDouble(Score::value).sum();
        return sum / seeds();
    }

    /// How far the other seeds' mean lies above the first score.
    public double change() {
        return again.stream().mapToDouble(Score::value).average().orElseThrow() - first.value();
    }
}
