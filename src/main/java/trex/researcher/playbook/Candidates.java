package trex.researcher.playbook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import trex.model.Recipe;
import trex.search.planner.Planner;
import trex.search.planner.Point;

/// Turns points the planner draws into recipes that may be proposed, and remembers them.
final class Candidates implements Planner.Feasible {
    private final Bench bench;
    private final Recipe base;
    private final UnaryOperator<Recipe> sizing;
    private final List<Recipe> taken;
    private final Map<Point, Recipe> recipes = new HashMap<>();

    /// @param base what points are read as changes of
    /// @param sizing makes a recipe fit the round
    /// @param taken recipes of the same proposal
    Candidates(Bench bench, Recipe base, UnaryOperator<Recipe> sizing, List<Recipe> taken) {
        this.bench = bench;
        this.base = base;
        this.sizing = sizing;
        this.taken = List.copyOf(taken);
    }

    @Override
    public Optional<Point> apply(Point wanted) {
        Recipe recipe = sizing.apply(bench.space().recipe(wanted, base));
        if (!bench.isNew(recipe) || taken.contains(recipe) || bench.refusals().forbid(bench.origin(), recipe)) {
            return Optional.empty();
        }
        Point point = bench.space().point(recipe);
        recipes.put(point, recipe);
        return Optional.of(point);
    }

    /// The recipe behind a point that [#apply] returned.
    Recipe recipe(Point point) {
        Recipe recipe = recipes.get(point);
        if (recipe == null) {
            throw new IllegalArgumentException("no candidate at " + point);
        }
        return recipe;
    }
}
