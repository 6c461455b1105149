package trex.search;

import java.util.ArrayList;
import java.util.List;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.RunOutcome;
import trex.model.Work;

/// What a training run costs, learnt from those that are done: `fixed + perExample * examples`.
///
/// @param fixed seconds to load the model and measure the validation split
/// @param perExample seconds a training example; NaN while no run has ended
public record CostModel(double fixed, double perExample) {
    /// Learns from the training runs of a tree, from those too that were stopped or failed on their way.
    public static CostModel of(ExperimentTree tree) {
        return of(trainings(tree), measurement(tree));
    }

    private static CostModel of(List<RunCost> runs, double measurement) {
        if (runs.isEmpty()) {
            return new CostModel(measurement, Double.NaN);
        }
        double shortest = runs.stream().mapToDouble(RunCost::seconds).min().orElseThrow();
        double fixed = Math.min(measurement, 0.8 * shortest);
        double seconds = 0;
        double examples = 0;
        for (RunCost run : runs) {
            seconds += run.seconds() - fixed;
            examples += run.examples();
        }
        return new CostModel(fixed, seconds / examples);
    }

    /// How many times slower than before the machine was at the last two trainings, at least 1: it may
    /// have got other things to do. Of the two the quicker one counts; a single one may have been
    /// disturbed by accident.
    public static double slowness(ExperimentTree tree) {
        List<RunCost> runs = trainings(tree);
        if (runs.size() < 3) {
            return 1;
        }
        List<RunCost> latest = runs.subList(runs.size() - 2, runs.size());
        CostModel before = of(runs.subList(0, runs.size() - 2), measurement(tree));
        double quicker = latest.stream()
                .mapToDouble(run -> run.seconds() / (before.fixed + before.perExample * run.examples()))
                .min()
                .orElseThrow();
        return Math.max(1, quicker);
    }

    public boolean isKnown() {
        return !Double.isNaN(perExample);
    }

    /// Expected seconds of a run, or NaN while nothing is known.
    ///
    /// @param rows rows of the training split
    public double seconds(Recipe recipe, int rows) {
        return fixed + perExample * passes(recipe, rows);
    }

    /// Training examples that fit into `seconds`, passes over the same example counted anew.
    public double examplesIn(double seconds) {
        return Math.max(0, seconds - fixed) / perExample;
    }

    /// Training examples a recipe processes: examples times epochs.
    public static double passes(Recipe recipe, int rows) {
        return Math.min(recipe.data().examples(), rows) * recipe.optimization().epochs();
    }

    /// Seconds that all runs of the tree have taken.
    public static double spent(ExperimentTree tree) {
        double sum = 0;
        for (Node node : tree.nodes()) {
            for (Run run : node.runs()) {
                RunOutcome outcome = run.outcome();
                sum += outcome == null ? 0 : outcome.cost().seconds();
            }
        }
        return sum;
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

    private static List<RunCost> trainings(ExperimentTree tree) {
        List<RunCost> costs = new ArrayList<>();
        for (Node node : tree.nodes()) {
            for (Run run : node.runs()) {
                RunOutcome outcome = run.outcome();
                if (run.work() instanceof Work.Train && outcome != null && outcome.cost().examples() > 0) {
                    costs.add(outcome.cost());
                }
            }
        }
        return costs;
    }
}
