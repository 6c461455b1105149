package trex.researcher.playbook;

import java.util.Optional;
import trex.model.Bounds;
import trex.model.NumberField;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.search.Allowance;
import trex.search.CostModel;
import trex.search.planner.RecipeSpace;

/// Makes recipes fit into what the next round may cost.
///
/// @param rows rows of the training split
record Fitting(CostModel cost, Allowance allowance, int rows, RecipeSpace space) {
    private static final NumberField EXAMPLES = number("examples");
    private static final NumberField EPOCHS = number("epochs");

    private static NumberField number(String name) {
        if (RecipeField.named(name) instanceof NumberField field) {
            return field;
        }
        throw new IllegalStateException(name + " is no number");
    }

    /// The recipe with fewer examples, then fewer passes, where it would cost more than the round may.
    Recipe fit(Recipe recipe) {
        if (!cost.isKnown() || cost.seconds(recipe, rows) <= allowance.seconds()) {
            return recipe;
        }
        Recipe fewer = passes(recipe);
        if (cost.seconds(fewer, rows) <= allowance.seconds()) {
            return fewer;
        }
        double epochs = cost.examplesIn(allowance.seconds(), fewer) / fewer.data().examplesOf(rows);
        return at(EPOCHS, fewer, epochs);
    }

    /// The recipe with as many examples as the round may cost, never fewer than it has.
    Recipe stretch(Recipe recipe) {
        if (!cost.isKnown() || cost.seconds(recipe, rows) >= allowance.seconds()) {
            return recipe;
        }
        return passes(recipe);
    }

    private Recipe passes(Recipe recipe) {
        return at(EXAMPLES, recipe, cost.examplesIn(allowance.seconds(), recipe) / recipe.optimization().epochs());
    }

    /// Rounds down to two digits: what fits must still fit after rounding.
    private Recipe at(NumberField field, Recipe recipe, double wanted) {
        Bounds bounds = space.bounds(field);
        double unit = Math.pow(10, Math.floor(Math.log10(Math.max(wanted, 1e-9))) - 1);
        double readable = Math.floor(wanted / unit) * unit;
        double within = Math.clamp(readable, bounds.min(), Math.max(bounds.min(), mostOf(field, bounds)));
        return field.with(recipe, field.whole() ? Math.floor(within) : within);
    }

    private double mostOf(NumberField field, Bounds bounds) {
        return field.equals(EXAMPLES) ? Math.min(bounds.max(), Math.max(field.min(), rows)) : bounds.max();
    }

    /// Why the round has the size it has, where the budget decided.
    Optional<String> note(Recipe before, Recipe after) {
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(String.format(java.util.Locale.ROOT,
                        "sized for %.0f s, this round's part of what is left", allowance.seconds()));
    }
}
