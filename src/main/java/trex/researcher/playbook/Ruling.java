package trex.researcher.playbook;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import trex.model.ChoiceField;
import trex.model.FreeTextField;
import trex.model.NumberField;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.search.planner.RecipeSpace;

/// What a rule does to its field, as steps: `= all_linear`, `* 3`, `>= 16`, `* 2; <= 4`.
///
/// @param steps carried out in order
record Ruling(List<Step> steps) {
    private static final Pattern STEP = Pattern.compile("(=|\\*|>=|<=) (\\S+)");

    Ruling {
        steps = List.copyOf(steps);
    }

    /// @throws IllegalArgumentException for a text that is no ruling
    static Ruling parse(String text) {
        return new Ruling(Stream.of(text.split(";", -1)).map(Ruling::step).toList());
    }

    private static Step step(String text) {
        Matcher matcher = STEP.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("playbook: no ruling: \"" + text + "\"");
        }
        return new Step(matcher.group(1), matcher.group(2));
    }

    /// The recipe with the field as ruled, kept within the mission's bounds. A field that the
    /// recipe does not have stays away, and so does a choice that the mission forbids.
    Recipe apply(RecipeField field, Recipe recipe, RecipeSpace space) {
        if (!field.applies(recipe)) {
            return recipe;
        }
        return switch (field) {
            case ChoiceField choice -> isForbidden(choice, space)
                    ? recipe
                    : choice.with(recipe, steps.getLast().operand());
            case NumberField number -> apply(number, recipe, space);
            case FreeTextField<?> text -> text.with(recipe, steps.getLast().operand());
        };
    }

    /// Whether it asks for a choice that the mission does not allow.
    boolean isForbidden(RecipeField field, RecipeSpace space) {
        return field instanceof ChoiceField choice && !space.choices(choice).contains(steps.getLast().operand());
    }

    private Recipe apply(NumberField field, Recipe recipe, RecipeSpace space) {
        Double before = field.read().apply(recipe);
        if (before == null) {
            return recipe;
        }
        double value = before;
        for (Step step : steps) {
            value = step.apply(value);
        }
        if (value == before) {
            return recipe;
        }
        double within = Math.clamp(value, space.bounds(field).min(), space.bounds(field).max());
        return field.with(recipe, field.whole() ? Math.rint(within) : within);
    }

    /// One step of a ruling.
    record Step(String operator, String operand) {
        private double apply(double value) {
            double number = Double.parseDouble(operand);
            return switch (operator) {
                case "=" -> number;
                case "*" -> value * number;
                case ">=" -> Math.max(value, number);
                case "<=" -> Math.min(value, number);
                default -> throw new IllegalStateException("playbook: no step: " + operator);
            };
        }
    }
}
