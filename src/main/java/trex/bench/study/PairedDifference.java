package trex.bench.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trex.bench.Mean;
import trex.model.Answer;

/// How much larger one contender's share of right answers on the test split is than another's. Both
/// answered the same examples with the same seeds, so that what is hard for both does not count as noise.
///
/// @param mean over seeds
/// @param standardError over examples, and over seeds where there are several
record PairedDifference(double mean, double standardError) {
    /// @param first answers of each seed's model, by example
    /// @param second those of the other contender, of the same seeds
    /// @return empty where they have no example in common
    static Optional<PairedDifference> of(List<Map<String, Answer>> first, List<Map<String, Answer>> second) {
        List<String> examples = first.isEmpty()
                ? List.of()
                : first.getFirst().keySet().stream()
                        .filter(id -> first.stream().allMatch(m -> m.containsKey(id))
                                && second.stream().allMatch(m -> m.containsKey(id)))
                        .toList();
        if (examples.isEmpty()) {
            return Optional.empty();
        }
        double[][] table = new double[first.size()][examples.size()];
        for (int seed = 0; seed < table.length; seed++) {
            for (int i = 0; i < examples.size(); i++) {
                table[seed][i] = points(first.get(seed), examples.get(i)) - points(second.get(seed), examples.get(i));
            }
        }
        return Optional.of(of(table));
    }

    private static int points(Map<String, Answer> answers, String example) {
        Answer answer = answers.get(example);
        return answer != null && answer.right() ? 1 : 0;
    }

    private static PairedDifference of(double[][] table) {
        double[] seeds = new double[table.length];
        double[] examples = new double[table[0].length];
        for (int s = 0; s < seeds.length; s++) {
            for (int i = 0; i < examples.length; i++) {
                seeds[s] += table[s][i] / examples.length;
                examples[i] += table[s][i] / seeds.length;
            }
        }
        Mean mean = Mean.of(seeds);
        return new PairedDifference(mean.value(), Math.hypot(Mean.of(examples).error(), mean.error()));
    }
}
