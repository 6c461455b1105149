package trex.search;

import java.util.ArrayList;
import java.util.List;
import trex.model.ExperimentTree;
import trex.model.Method;
import trex.model.Node;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.RunOutcome;
import trex.model.Work;

/// What a training run costs, learnt from those that are done: `fixed + perExample * examples`. An
/// example costs more in full tuning than with adapters; a method that was not tried yet is taken
/// to cost what the other does.
///
/// @param fixed seconds to load the model and measure the validation split
/// @param adapters seconds an example with adapters; NaN while no run has ended
/// @param full seconds an example in full tuning; NaN while no run has ended
public record CostModel(double fixed, double adapters, double full) {
    /// A training that cost something.
    private record Training(boolean full, RunCost cost) {}

    /// Learns from the training runs of a tree, from those too that were stopped or failed on their way.
    public static CostModel of(ExperimentTree tree) {
        return of(trainings(tree), measurement(tree));
    }

    private static CostModel of(List<Training> runs, double measurement) {
        if (runs.isEmpty()) {
            return new CostModel(measurement, Double.NaN, Double.NaN);
        }
        double shortest = runs.stream().mapToDouble(run -> run.cost().seconds()).min().orElseThrow();
        double fixed = Math.min(measurement, 0.8 * shortest);
        double adapters = perExample(runs.stream().filter(run -> !run.full()).toList(), fixed);
        double full = perExample(runs.stream().filter(Training::full).toList(), fixed);
        return new CostModel(fixed, Double.isNaN(adapters) ? full : adapters, Double.isNaN(full) ? adapters : full);
    }

    /// NaN without any run.
    private static double perExample(List<Training> runs, double fixed) {
        double seconds = runs.stream().mapToDouble(run -> run.cost().seconds() - fixed).sum();
        return seconds / runs.stream().mapToDouble(run -> run.cost().examples()).sum();
    }

    private double perExample(boolean fully) {
        return fully ? full : adapters;
    }

    /// How many times slower than before the machine was at the last two trainings, at least 1: it may
    /// have got other things to do. Of the two the quicker one counts; a single one may have been
    /// disturbed by accident.
    public static double slowness(ExperimentTree tree) {
        List<Training> runs = trainings(tree);
        if (runs.size() < 3) {
            return 1;
        }
        List<Training> latest = runs.subList(runs.size() - 2, runs.size());
        CostModel before = of(runs.subList(0, runs.size() - 2), measurement(tree));
        double quicker = latest.stream()
                .mapToDouble(run -> run.cost().seconds()
                        / (before.fixed + before.perExample(run.full()) * run.cost().examples()))
                .min()
                .orElseThrow();
        return Math.max(1, quicker);
    }

    public boolean isKnown() {
        return !Double.isNaN(adapters);
    }

    /// Expected seconds of a run, or NaN while nothing is known.
    ///
    /// @param rows rows of the training split
    public double seconds(Recipe recipe, int rows) {
        return fixed + perExample(isFull(recipe)) * passes(recipe, rows);
    }

    /// Training examples that fit into `seconds` by a recipe's method, passes over the same example
    /// counted anew.
    public double examplesIn(double seconds, Recipe recipe) {
        return Math.max(0, seconds - fixed) / perExample(isFull(recipe));
    }

    private static boolean isFull(Recipe recipe) {
        return recipe.method() instanceof Method.Full;
    }

    /// Tokens that an example has had in training on average; NaN while no run has ended.
    public static double tokensAnExample(ExperimentTree tree) {
        double tokens = 0;
        double examples = 0;
        for (Training run : trainings(tree)) {
            tokens += run.cost().tokens();
            examples += run.cost().examples();
        }
        return tokens / examples;
    }

    /// Training examples a recipe processes: examples times epochs.
    public static double passes(Recipe recipe, int rows) {
        return recipe.data().examplesOf(rows) * recipe.optimization().epochs();
    }

    /// Seconds of the baseline's measurement, which is loading and one validation; 0 before it.
    public static double measurement(ExperimentTree tree) {
        if (tree.isEmpty()) {
            return 0;
        }
        double seconds = 0;
        for (Run run : tree.baseline().runs()) {
            if (run.outcome() instanceof RunOutcome.Completed done) {
                seconds = done.cost().seconds();
            }
        }
        return seconds;
    }

    private static List<Training> trainings(ExperimentTree tree) {
        List<Training> trainings = new ArrayList<>();
        for (Node node : tree.nodes()) {
            for (Run run : node.runs()) {
                RunOutcome outcome = run.outcome();
                if (run.work() instanceof Work.Train(Recipe recipe) && outcome != null && outcome.cost().examples() > 0) {
                    trainings.add(new Training(isFull(recipe), outcome.cost()));
                }
            }
        }
        return trainings;
    }
}
