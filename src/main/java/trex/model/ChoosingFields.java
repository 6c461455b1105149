package trex.model;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The recipe fields that choose rows by what they say, and that ask a language model.
final class ChoosingFields {
    private static final String CRITERION = "The answer is right and complete, the prompt is clear, "
            + "and a model that learns from the row gets better at such tasks.";
    private static final String WISH = "More rows like these, as different from one another as the task allows.";
    private static final double MOST_POINTS = 10;

    static final List<RecipeField> ALL = List.of(
            new NumberField("select", "Choose so many rows that every other has a chosen one near it; 0 keeps all.",
                    FieldGroup.DATA, 0, DataOperator.SelectDiverse.POOL, false, true,
                    r -> r.data().find(DataOperator.SelectDiverse.class).map(o -> (double) o.count()).orElse(0.0),
                    (r, v) -> changed(r, DataOperator.SelectDiverse.class, v, new DataOperator.SelectDiverse(
                            Math.max(1, v.intValue()), embedding(r).orElse(Embedding.HASHED)))),
            new NumberField("alike", "Remove rows whose embedding is closer than this to an earlier row's; 0 keeps them.",
                    FieldGroup.DATA, 0, 1, false, false,
                    r -> r.data().find(DataOperator.DropAlike.class).map(DataOperator.DropAlike::distance).orElse(0.0),
                    (r, v) -> changed(r, DataOperator.DropAlike.class, v, new DataOperator.DropAlike(
                            v > 0 ? v : 1, embedding(r).orElse(Embedding.HASHED)))),
            ChoiceField.of("embedding", "Compare rows for select and alike by hashed words, or by a language model's embeddings.",
                    FieldGroup.DATA, Embedding.class, r -> embedding(r).orElse(null),
                    (r, v) -> r.withData(comparing(r.data(), v))),
            new NumberField("score", "Keep rows that a language model gives so many of 10 points, best first; 0 asks nobody.",
                    FieldGroup.DATA, 0, MOST_POINTS, false, false,
                    r -> r.data().find(DataOperator.ScoreRows.class).map(DataOperator.ScoreRows::least).orElse(0.0),
                    (r, v) -> changed(r, DataOperator.ScoreRows.class, v, new DataOperator.ScoreRows(
                            r.data().find(DataOperator.ScoreRows.class).map(DataOperator.ScoreRows::criterion).orElse(CRITERION),
                            v > 0 ? v : MOST_POINTS))),
            new NumberField("generate", "Ask a language model for so many further rows; 0 asks nobody.",
                    FieldGroup.DATA, 0, DataOperator.GenerateRows.MOST, false, true,
                    r -> r.data().find(DataOperator.GenerateRows.class).map(o -> (double) o.count()).orElse(0.0),
                    (r, v) -> changed(r, DataOperator.GenerateRows.class, v, new DataOperator.GenerateRows(Math.max(1, v.intValue()),
                            r.data().find(DataOperator.GenerateRows.class).map(DataOperator.GenerateRows::wish).orElse(WISH)))));

    private ChoosingFields() {}

    /// With the operator in the place that one of its type has, or without any where the value is 0.
    private static Recipe changed(Recipe recipe, Class<? extends DataOperator> type, double value, DataOperator operator) {
        DataRecipe data = recipe.data();
        if (value == 0) {
            return recipe.withData(data.without(type));
        }
        return recipe.withData(data.has(type) ? mapped(data, o -> type.isInstance(o) ? operator : o) : data.with(operator, true));
    }

    /// What the recipe compares rows by; nothing where it does not.
    private static Optional<Embedding> embedding(Recipe recipe) {
        return recipe.data().find(DataOperator.SelectDiverse.class).map(DataOperator.SelectDiverse::embedding)
                .or(() -> recipe.data().find(DataOperator.DropAlike.class).map(DataOperator.DropAlike::embedding));
    }

    private static DataRecipe comparing(DataRecipe data, Embedding embedding) {
        return mapped(data, operator -> switch (operator) {
            case DataOperator.SelectDiverse(int count, var _) -> new DataOperator.SelectDiverse(count, embedding);
            case DataOperator.DropAlike(double distance, var _) -> new DataOperator.DropAlike(distance, embedding);
            default -> operator;
        });
    }

    private static DataRecipe mapped(DataRecipe data, UnaryOperator<DataOperator> change) {
        return new DataRecipe(data.operators().stream().map(change).toList());
    }
}
