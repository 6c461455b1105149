package trex.bench.study;

import java.util.List;
import trex.executor.Estimate;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Mission;
import trex.model.Optimization;
import trex.model.Recipe;
import trex.model.Schedule;
import trex.model.SealedSplits;

/// What `LoraConfig()` and `TrainingArguments()` say where nothing is said (PEFT 0.17, transformers
/// 4.57): rank 8, alpha 8, query and value; AdamW at 5e-5 falling linearly, three epochs of batches of 8.
final class DefaultRecipe {
    private static final int LEAST_EXAMPLES = 16;

    private DefaultRecipe() {}

    /// On `examples` training rows, validated once at its end.
    static Recipe of(Mission mission, int examples) {
        return mission.start()
                .withData(new DataRecipe(List.of(new DataOperator.Sample(examples))))
                .withMethod(new Method.Lora(8, 8, LoraTargets.QUERY_VALUE))
                .withOptimization(new Optimization(5e-5, 3, 8, 1, 0, Schedule.LINEAR, 0, 1))
                .withValidations(1);
    }

    /// Training rows so many that the whole study, its measurements included, takes about `seconds`:
    /// all rows where they fit.
    ///
    /// @param measurement seconds that measuring the base model on the validation split took
    /// @param known what the recipe takes on some number of rows
    static int examplesIn(double seconds, double measurement, SealedSplits splits, Mission mission, Estimate known) {
        double test = measurement * Math.max(1, (double) splits.test().rows() / splits.validation().rows());
        double forTraining = seconds - measurement - 2 * test - known.start() - known.measuring();
        double passes = known.training() > 0 ? forTraining * known.examples() / known.training() : Double.MAX_VALUE;
        int most = Math.min(splits.train().rows(), mission.budget().examplesPerRound());
        double epochs = of(mission, LEAST_EXAMPLES).optimization().epochs();
        return Math.max(Math.min(LEAST_EXAMPLES, most), (int) Math.min(most, passes / epochs));
    }
}
