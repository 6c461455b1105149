package trex.bench.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import trex.bench.Mean;

/// Contenders on the same problems with the same seeds.
///
/// @param suites every suite weighs the same in a mean over all
/// @param evaluations trainings a search may do
record Ablation(List<Suite> suites, int evaluations) {
    Ablation {
        suites = List.copyOf(suites);
    }

    /// Problems of one origin.
    ///
    /// @param seeds how often each problem is searched
    record Suite(String name, List<Problem> problems, int seeds) {
        Suite {
            problems = List.copyOf(problems);
        }
    }

    /// Regrets of one contender: by suite, then run, then evaluation. Runs are in the same order for all.
    record Outcome(Map<String, List<double[]>> regrets) {
        Mean at(int evaluations) {
            return Mean.of(regrets.values().stream().map(runs -> at(runs, evaluations)).toList());
        }

        Mean at(String suite, int evaluations) {
            return Mean.of(List.of(at(runs(suite), evaluations)));
        }

        /// How much higher this regret is than that of `other`, run by run.
        Mean minus(Outcome other, int evaluations) {
            return Mean.of(regrets.keySet().stream()
                    .map(suite -> difference(at(runs(suite), evaluations), at(other.runs(suite), evaluations)))
                    .toList());
        }

        private List<double[]> runs(String suite) {
            return Objects.requireNonNull(regrets.get(suite));
        }

        private static double[] at(List<double[]> runs, int evaluations) {
            return runs.stream().mapToDouble(r -> r[evaluations - 1]).toArray();
        }

        private static double[] difference(double[] a, double[] b) {
            double[] difference = a.clone();
            Arrays.setAll(difference, i -> a[i] - b[i]);
            return difference;
        }
    }

    Outcome run(Contender contender) throws InterruptedException {
        Map<String, List<double[]>> regrets = new LinkedHashMap<>();
        for (Suite suite : suites) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the ablation was interrupted");
            }
            regrets.put(suite.name(), run(suite, contender));
        }
        return new Outcome(regrets);
    }

    private List<double[]> run(Suite suite, Contender contender) {
        List<Simulation> runs = new ArrayList<>();
        for (int p = 0; p < suite.problems().size(); p++) {
            for (int k = 0; k < suite.seeds(); k++) {
                runs.add(new Simulation(suite.problems().get(p), contender, 1_000_003L * (k + 1) + 7919L * p));
            }
        }
        return IntStream.range(0, runs.size()).parallel().mapToObj(i -> runs.get(i).regrets(evaluations)).toList();
    }
}
