package trex.bench.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Every contender on every problem with the same seeds.
///
/// @param suites problems by suite; every suite weighs the same in the total
/// @param seeds how often each problem of a suite is run
record Ablation(Map<String, List<Problem>> suites, Map<String, Integer> seeds, int evaluations) {
    /// Regrets of one contender: suite, then run, then evaluation. Runs are in the same order for all.
    record Outcome(Map<String, List<double[]>> regrets) {
        /// Regrets of all runs of a suite after `evaluations`.
        double[] at(String suite, int evaluations) {
            return java.util.Objects.requireNonNull(regrets.get(suite)).stream()
                    .mapToDouble(r -> r[evaluations - 1])
                    .toArray();
        }
    }

    Map<String, Outcome> run(List<Contender> contenders, Consumer<String> progress) throws InterruptedException {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the ablation was interrupted");
            }
            progress.accept("searching by " + contender.name());
            Map<String, List<double[]>> regrets = new LinkedHashMap<>();
            suites.forEach((suite, problems) -> regrets.put(suite, run(suite, problems, contender)));
            outcomes.put(contender.name(), new Outcome(regrets));
        }
        return outcomes;
    }

    private List<double[]> run(String suite, List<Problem> problems, Contender contender) {
        List<Simulation> runs = new ArrayList<>();
        for (Problem problem : problems) {
            for (int k = 0; k < seeds.getOrDefault(suite, 1); k++) {
                runs.add(new Simulation(problem, contender, 1_000_003L * (k + 1) + 7919L * problems.indexOf(problem)));
            }
        }
        return IntStream.range(0, runs.size()).parallel().mapToObj(i -> runs.get(i).regrets(evaluations)).toList();
    }
}
