package trex.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A recipe field with a fixed list of values.
///
/// @param read the value, or an empty text where the field does not apply
public record ChoiceField(
        String name,
        String description,
        FieldGroup group,
        List<String> choices,
        Function<Recipe, String> read,
        BiFunction<Recipe, String, Recipe> write)
        implements RecipeField {
    public ChoiceField {
        choices = List.copyOf(choices);
    }

    /// A field whose choices are the values of an enum, in lower case.
    ///
    /// @param read null where the field does not apply
    static <E extends Enum<E>> ChoiceField of(String name, String description, FieldGroup group, Class<E> values,
            Function<Recipe, @Nullable E> read, BiFunction<Recipe, E, Recipe> write) {
        List<String> words = Arrays.stream(values.getEnumConstants()).map(ChoiceField::word).toList();
        return new ChoiceField(name, description, group, words, r -> word(read.apply(r)),
                (r, word) -> write.apply(r, Enum.valueOf(values, word.toUpperCase(Locale.ROOT))));
    }

    private static String word(@Nullable Enum<?> value) {
        return value == null ? "" : value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String text(Recipe recipe) {
        return read.apply(recipe);
    }

    @Override
    public Recipe with(Recipe recipe, String text) {
        if (!choices.contains(text)) {
            throw new IllegalArgumentException(
                    name + " must be one of " + String.join(", ", choices) + ", got \"" + text + "\"");
        }
        return write.apply(recipe, text);
    }

    @Override
    public void refuseImpossible(Limit limit) {
        switch (limit) {
            case Bounds _ -> throw new IllegalArgumentException("space: " + name
                    + " is no number: give a list of some of its values, which are " + String.join(", ", choices));
            case Choices(List<String> values) -> values.stream().filter(v -> !choices.contains(v)).findFirst().ifPresent(v -> {
                throw new IllegalArgumentException(
                        "space: " + name + " can be " + String.join(", ", choices) + ", not \"" + v + "\"");
            });
        }
    }

    @Override
    public boolean isWithin(Limit limit, Recipe recipe) {
        return !applies(recipe) || !(limit instanceof Choices(List<String> values)) || values.contains(text(recipe));
    }
}
