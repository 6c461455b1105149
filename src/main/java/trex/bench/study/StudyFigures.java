package trex.bench.study;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import trex.bench.Mean;
import trex.model.Answer;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Score;
import trex.model.Split;
import trex.model.Work;

/// What a study came to.
///
/// @param test of its named model, on the sealed split
/// @param validation of its named model
/// @param rounds with a score
/// @param seconds of computing, the closing measurements included
/// @param tree as it was left
/// @param answers to the test split, by the examples' ids
record StudyFigures(
        Score test, Score validation, int rounds, double seconds, ExperimentTree tree, Map<String, Answer> answers) {
    StudyFigures {
        answers = Map.copyOf(answers);
    }

    /// Computing seconds until the search first had a model as good as `target` on the validation
    /// split; empty where it never had. Repeats and measurements at the end do not count.
    OptionalDouble secondsTo(Score target) {
        double sum = 0;
        for (Node node : tree.nodes().stream().sorted(Comparator.comparing(Node::id)).toList()) {
            for (Run run : node.runs()) {
                RunOutcome outcome = run.outcome();
                if (outcome == null || node.isRepeat(run) || run.work() instanceof Work.Measure(_, Split split) && split == Split.TEST) {
                    continue;
                }
                sum += outcome.cost().spentSeconds();
                if (outcome instanceof RunOutcome.Completed(Score score, _, _) && !target.beats(score)) {
                    return OptionalDouble.of(sum);
                }
            }
        }
        return OptionalDouble.empty();
    }

    /// Whether the named model is better on the validation split than the untouched one.
    boolean beatsBaseline() {
        Score untouched = tree.isEmpty() ? null : tree.baseline().score();
        return untouched == null || validation.beats(untouched);
    }

    /// Mean of the test scores, with an error over examples, which all seeds share, and over seeds.
    static Mean mean(List<StudyFigures> seeds) {
        Mean mean = Mean.of(seeds.stream().mapToDouble(f -> f.test().value()).toArray());
        double examples = seeds.stream().mapToDouble(f -> f.test().standardError()).average().orElseThrow();
        return new Mean(mean.value(), Math.hypot(examples, mean.error()));
    }
}
