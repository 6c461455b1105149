package trex.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the user wants. Never changes once a study has started.
///
/// @param name short name, also used for the study's folder, `[A-Za-z0-9_-]{1,40}`
/// @param goal the wish in words
/// @param baseModel a name of the model catalogue, or the path of a model file or folder
/// @param space what the mission lets recipe fields be, by their names; others are free
/// @param start the recipe that playbook proposals depart from; also names the procedure
/// @param seed source of every random choice of the study
public record Mission(
        String name,
        String goal,
        String baseModel,
        TaskData data,
        Metric metric,
        Budget budget,
        Map<String, Limit> space,
        Recipe start,
        long seed) {
    public Mission {
        space = Map.copyOf(space);
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "mission: name must be 1 to 40 letters, digits, _ or -, got \"" + name + "\"");
        }
        if (goal.isBlank()) {
            throw new IllegalArgumentException("mission " + name + ": goal is empty");
        }
        if (baseModel.isBlank()) {
            throw new IllegalArgumentException("mission " + name + ": baseModel is empty");
        }
        if (metric.comparesAnswers() && data.template().answers().isEmpty()) {
            throw new IllegalArgumentException("mission " + name + ": metric " + metric.id()
                    + " compares allowed answers, but data.template.answers is empty");
        }
        RowForm form = data.template().form();
        if (!metric.fits(form)) {
            throw new IllegalArgumentException("mission " + name + ": metric " + metric.id()
                    + " cannot be taken of rows with " + form.words() + "; choose one of "
                    + String.join(", ", Metric.of(form).stream().map(Metric::id).toList()));
        }
        start.procedure().refusal(form).ifPresent(reason -> {
            throw new IllegalArgumentException("mission " + name + ": start: " + reason);
        });
        space.forEach((field, limit) -> RecipeField.named(field).refuseImpossible(limit));
    }

    public Mission withStart(Recipe changed) {
        return new Mission(name, goal, baseModel, data, metric, budget, space, changed, seed);
    }

    /// The start, and the same by every other method that `space` allows (which are all where it
    /// names none) and that goes together with the rest of the start.
    public List<Recipe> starts() {
        RecipeField method = RecipeField.named("method");
        List<Recipe> starts = new ArrayList<>(List.of(start));
        for (String value : ((ChoiceField) method).choices()) {
            try {
                Recipe other = method.with(start, value);
                if (!starts.contains(other) && objection(method, other).isEmpty()) {
                    starts.add(other);
                }
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return starts;
    }

    /// Why the mission does not let a field be what it is in a recipe, in a sentence; nothing where it does.
    public Optional<String> objection(RecipeField field, Recipe recipe) {
        Optional<String> misfit = field.name().equals("procedure")
                ? recipe.procedure().refusal(data.template().form())
                : Optional.empty();
        if (misfit.isPresent()) {
            return misfit;
        }
        Limit limit = space.get(field.name());
        return limit == null || field.isWithin(limit, recipe)
                ? Optional.empty()
                : Optional.of(field.name() + " must be " + limit.text() + " in this mission, got " + field.text(recipe));
    }

    /// The first objection to any field of a recipe.
    public Optional<String> objection(Recipe recipe) {
        return RecipeField.all().stream().flatMap(f -> objection(f, recipe).stream()).findFirst();
    }

    /// @param known recipes that may be used as they are
    /// @throws IllegalArgumentException with the first objection to any other recipe
    public void refuseForbidden(List<Recipe> recipes, List<Recipe> known) {
        recipes.stream().filter(r -> !known.contains(r)).flatMap(r -> objection(r).stream()).findFirst().ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
    }

    /// Whether a mission may have this name: 1 to 40 letters, digits, `_` or `-`.
    public static boolean isName(String text) {
        return text.matches("[A-Za-z0-9_-]{1,40}");
    }
}
