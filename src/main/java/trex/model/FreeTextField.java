package trex.model;

import java.util.List;
import java.util.function.Function;

/// A recipe field that people write out: a data operator in words, or `no` where the recipe has none. No
/// search varies it.
///
/// @param form how its values look, for the person
/// @param told the operator in words
/// @param read the operator from words
public record FreeTextField<T extends DataOperator>(
        String name, String description, String form, Class<T> type, Function<T, String> told, Function<String, T> read)
        implements RecipeField {
    private static final String NO = "no";

    @Override
    public FieldGroup group() {
        return FieldGroup.DATA;
    }

    /// Empty too where the recipe has several such operators, which only its own words can change.
    @Override
    public String text(Recipe recipe) {
        List<T> found = recipe.data().operators().stream().filter(type::isInstance).map(type::cast).toList();
        return found.isEmpty() ? NO : found.size() == 1 ? told.apply(found.getFirst()) : "";
    }

    @Override
    public Recipe with(Recipe recipe, String text) {
        String words = text.strip();
        return recipe.withData(words.equals(NO) ? recipe.data().without(type) : recipe.data().with(operator(words), true));
    }

    private T operator(String words) {
        try {
            return read.apply(words);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " must be " + form + ", got \"" + words + "\": " + e.getMessage(), e);
        }
    }

    @Override
    public void refuseImpossible(Limit limit) {
        throw new IllegalArgumentException("space: " + name + " is written out and not varied; let the start recipe have it");
    }

    @Override
    public boolean isWithin(Limit limit, Recipe recipe) {
        return true;
    }
}
