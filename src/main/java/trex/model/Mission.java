package trex.model;

import java.util.Map;

/// What the user wants. Never changes once a study has started.
///
/// @param name short name, also used for the study's folder, `[A-Za-z0-9_-]{1,40}`
/// @param goal the wish in words
/// @param baseModel a name of the model catalogue, or the path of a model file or folder
/// @param space the mission's own, narrower ranges by recipe field name
/// @param start the recipe that playbook proposals depart from; also names the procedure
/// @param seed source of every random choice of the study
public record Mission(
        String name,
        String goal,
        String baseModel,
        TaskData data,
        Metric metric,
        Budget budget,
        Map<String, Bounds> space,
        Recipe start,
        long seed) {
    public Mission {
        space = Map.copyOf(space);
        if (!name.matches("[A-Za-z0-9_-]{1,40}")) {
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
        space.forEach((field, bounds) -> RecipeField.named(field).refuseOutside(bounds));
    }
}
