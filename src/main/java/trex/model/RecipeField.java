package trex.model;

import java.util.List;
import java.util.Optional;

/// A field of a recipe that a Researcher may change and a person may edit: the one list behind
/// proposals, the recipe editor, its checks and the difference between two recipes.
public sealed interface RecipeField permits NumberField, ChoiceField, FreeTextField {
    /// The name in files, in bounds and on screen.
    String name();

    /// One sentence for the person.
    String description();

    /// What it is about.
    FieldGroup group();

    /// The recipe's value as text. Empty where the field does not apply (rank of full tuning).
    String text(Recipe recipe);

    /// The recipe with this field read from text.
    ///
    /// @throws IllegalArgumentException if the text is no value of this field; says what is
    Recipe with(Recipe recipe, String text);

    /// Whether the field has a meaning in this recipe.
    default boolean applies(Recipe recipe) {
        return !text(recipe).isEmpty();
    }

    /// @throws IllegalArgumentException if the limit is not of the field's kind, or allows what the
    ///     field cannot be
    void refuseImpossible(Limit limit);

    /// Whether the recipe's value is one that the limit allows, or the field has no meaning in it.
    boolean isWithin(Limit limit, Recipe recipe);

    /// All fields, in the order they are shown.
    static List<RecipeField> all() {
        return RecipeFields.ALL;
    }

    static Optional<RecipeField> find(String name) {
        return all().stream().filter(f -> f.name().equals(name)).findFirst();
    }

    /// @throws IllegalArgumentException for an unknown name; the message lists the known ones
    static RecipeField named(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("unknown recipe field \"" + name
                + "\"; known are " + String.join(", ", all().stream().map(RecipeField::name).toList())));
    }
}
