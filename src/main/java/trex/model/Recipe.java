package trex.model;

import java.util.List;

/// The complete, seeded setting of one training. Data, never code.
///
/// @param lossOn of supervised tuning; the others learn all of a text, or answers only
/// @param maxLength longest example in tokens, `8..131072`; longer ones are cut and counted
/// @param validations how often the validation split is measured during the run, `1..100`, the
///     last time at its end; the best of them is the run's score and checkpoint
/// @param seed source of sampling, order and initial adapters
public record Recipe(
        DataRecipe data,
        Method method,
        Optimization optimization,
        LossOn lossOn,
        int maxLength,
        int validations,
        Precision precision,
        long seed,
        Procedure procedure,
        Selection selection,
        GradientCheckpointing gradientCheckpointing) {
    public Recipe {
        if (maxLength < 8 || maxLength > 131_072) {
            throw new IllegalArgumentException("recipe: maxLength must be 8..131072, got " + maxLength);
        }
        if (validations < 1 || validations > 100) {
            throw new IllegalArgumentException("recipe: validations must be 1..100, got " + validations);
        }
        if (optimization.noise() > 0 && (procedure instanceof Procedure.Preference || procedure instanceof Procedure.Kto)) {
            throw new IllegalArgumentException("recipe: noise " + optimization.noise()
                    + " is for learning the next token; set it to 0 for learning from compared or rated answers");
        }
    }

    /// Supervised, of which the best validated state is kept.
    public Recipe(DataRecipe data, Method method, Optimization optimization, LossOn lossOn, int maxLength,
            int validations, Precision precision, long seed) {
        this(data, method, optimization, lossOn, maxLength, validations, precision, seed, new Procedure.Supervised(),
                Selection.BEST, GradientCheckpointing.AUTO);
    }

    public Recipe withData(DataRecipe changed) {
        return new Recipe(changed, method, optimization, lossOn, maxLength, validations, precision, seed,
                procedure, selection, gradientCheckpointing);
    }

    public Recipe withMethod(Method changed) {
        return new Recipe(data, changed, optimization, lossOn, maxLength, validations, precision, seed,
                procedure, selection, gradientCheckpointing);
    }

    public Recipe withOptimization(Optimization changed) {
        return new Recipe(data, method, changed, lossOn, maxLength, validations, precision, seed,
                procedure, selection, gradientCheckpointing);
    }

    public Recipe withLossOn(LossOn changed) {
        return new Recipe(data, method, optimization, changed, maxLength, validations, precision, seed,
                procedure, selection, gradientCheckpointing);
    }

    public Recipe withMaxLength(int changed) {
        return new Recipe(data, method, optimization, lossOn, changed, validations, precision, seed,
                procedure, selection, gradientCheckpointing);
    }

    public Recipe withValidations(int changed) {
        return new Recipe(data, method, optimization, lossOn, maxLength, changed, precision, seed,
                procedure, selection, gradientCheckpointing);
    }

    public Recipe withPrecision(Precision changed) {
        return new Recipe(data, method, optimization, lossOn, maxLength, validations, changed, seed,
                procedure, selection, gradientCheckpointing);
    }

    public Recipe withSeed(long changed) {
        return new Recipe(data, method, optimization, lossOn, maxLength, validations, precision, changed,
                procedure, selection, gradientCheckpointing);
    }

    public Recipe withProcedure(Procedure changed) {
        return new Recipe(data, method, optimization, lossOn, maxLength, validations, precision, seed,
                changed, selection, gradientCheckpointing);
    }

    public Recipe withSelection(Selection changed) {
        return new Recipe(data, method, optimization, lossOn, maxLength, validations, precision, seed,
                procedure, changed, gradientCheckpointing);
    }

    public Recipe withGradientCheckpointing(GradientCheckpointing changed) {
        return new Recipe(data, method, optimization, lossOn, maxLength, validations, precision, seed,
                procedure, selection, changed);
    }

    /// The fields in which this recipe differs from `parent`, in the order of [RecipeField#all()].
    public List<FieldChange> differenceFrom(Recipe parent) {
        return RecipeField.all().stream()
                .filter(f -> !f.text(this).equals(f.text(parent)))
                .map(f -> new FieldChange(f.name(), f.text(parent), f.text(this)))
                .toList();
    }
}
