package trex.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a node's best model got wrong on the validation split, and what the failures have in common.
///
/// @param examples validation examples
/// @param wrong those answered wrongly
/// @param change against the parent's answers; null for the baseline, and where the parent has none
/// @param confusion number of examples by right answer and given answer; empty for free text
/// @param clusters features whose examples fail more often than the rest, the most striking first
/// @param cases the first failures
public record BadCases(
        NodeId node,
        int examples,
        int wrong,
        @Nullable Change change,
        Map<String, Map<String, Integer>> confusion,
        List<Cluster> clusters,
        List<Case> cases) {
    public BadCases {
        confusion = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(confusion));
        clusters = List.copyOf(clusters);
        cases = List.copyOf(cases);
    }

    /// A paired comparison on the same examples.
    ///
    /// @param repaired wrong in the parent, right here
    /// @param broken right in the parent, wrong here
    /// @param chance probability of so uneven a split of the changed answers if both models are
    ///     equally good (McNemar's test, exact, two-sided)
    public record Change(NodeId parent, int repaired, int broken, double chance) {}

    /// Examples that share features.
    ///
    /// @param feature for example `answer positive` or `answer positive, 4 to 7 words`
    /// @param chance probability of so many failures if these examples fail as often as all, times
    ///     the number of features looked at, at most 1
    public record Cluster(String feature, int examples, int wrong, double chance) {}

    /// One failure; its text is the validation split's.
    public record Case(Example example, String given) {}
}
