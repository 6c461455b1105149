package trex.training;

import java.util.Arrays;
import java.util.SplittableRandom;
import trex.model.Recipe;

/// Which examples each optimizer step sees, and after which steps the validation split is
/// measured. Depends on the recipe and the number of examples alone, so that a resumed run goes on
/// as if it had not been interrupted.
final class TrainingPlan {
    private final int[] order;
    private final int perStep;
    private final int steps;
    private final int validations;

    TrainingPlan(Recipe recipe, int examples) {
        long total = Math.max(1, Math.round(recipe.optimization().epochs() * examples));
        this.perStep = recipe.optimization().examplesAStep();
        this.order = order(recipe, examples, Math.toIntExact(total));
        this.steps = (order.length + perStep - 1) / perStep;
        this.validations = Math.min(recipe.validations(), steps);
    }

    private static int[] order(Recipe recipe, int examples, int total) {
        boolean asGiven = recipe.data().keepsOrder();
        SplittableRandom random = new SplittableRandom(recipe.seed());
        int[] order = new int[total];
        for (int at = 0; at < total; at += examples) {
            int[] epoch = new int[examples];
            Arrays.setAll(epoch, i -> i);
            if (!asGiven) {
                shuffle(epoch, random);
            }
            System.arraycopy(epoch, 0, order, at, Math.min(examples, total - at));
        }
        return order;
    }

    /// Fisher and Yates.
    private static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    /// Indices of the examples that a run sees, each once.
    int[] used() {
        return Arrays.stream(order).distinct().toArray();
    }

    int steps() {
        return steps;
    }

    /// Indices of the examples of a step.
    ///
    /// @param step 1-based
    int[] examplesOf(int step) {
        return Arrays.copyOfRange(order, (step - 1) * perStep, Math.min(step * perStep, order.length));
    }

    /// Whether the validation split is measured after this step: evenly spread, the last one at the end.
    boolean validatesAfter(int step) {
        long before = (long) (step - 1) * validations / steps;
        long now = (long) step * validations / steps;
        return now > before;
    }
}
