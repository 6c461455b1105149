package trex.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The recipe fields that tidy prompts and leave rows out by their form.
final class FilterFields {
    private static final String NO = "no";
    private static final String ANY = "any";
    private static final List<String> SCRIPTS = List.of(ANY, "latin", "cyrillic", "greek", "arabic", "hebrew", "devanagari",
            "bengali", "tamil", "thai", "han", "hiragana", "hangul");
    private static final double USUAL_SHARE = 0.5;
    private static final int LONGEST = 1_000_000;

    static final List<RecipeField> ALL = List.of(
            new ChoiceField("clean", "Tidy prompts: invisible characters and doubled blanks; with markup also HTML's tags.",
                    FieldGroup.DATA, List.of(NO, "yes", "markup"),
                    r -> r.data().find(DataOperator.Clean.class).map(clean -> clean.markup() ? "markup" : "yes").orElse(NO),
                    (r, v) -> r.withData(r.data().with(new DataOperator.Clean(v.equals("markup")), !v.equals(NO)))),
            new NumberField("shortest", "Leave out rows whose prompt has fewer characters.", FieldGroup.DATA,
                    0, LONGEST, false, true, r -> (double) length(r).minCharacters(),
                    (r, v) -> within(r, v.intValue(), length(r).maxCharacters())),
            new NumberField("longest", "Leave out rows whose prompt has more characters; 0 keeps them.", FieldGroup.DATA,
                    0, LONGEST, false, true, r -> length(r).maxCharacters() > LONGEST ? 0.0 : length(r).maxCharacters(),
                    (r, v) -> within(r, length(r).minCharacters(), v == 0 ? Integer.MAX_VALUE : v.intValue())),
            new ChoiceField("script", "Keep rows whose prompt is written so, by half of its letters or the recipe's own share.",
                    FieldGroup.DATA, SCRIPTS, FilterFields::script, FilterFields::withScript));

    private FilterFields() {}

    private static DataOperator.FilterLength length(Recipe recipe) {
        return recipe.data().find(DataOperator.FilterLength.class).orElse(new DataOperator.FilterLength(0, Integer.MAX_VALUE));
    }

    private static Recipe within(Recipe recipe, int shortest, int longest) {
        boolean all = shortest == 0 && longest == Integer.MAX_VALUE;
        return recipe.withData(all
                ? recipe.data().without(DataOperator.FilterLength.class)
                : recipe.data().with(new DataOperator.FilterLength(shortest, longest), true));
    }

    /// Nothing for a rarer writing system, which only the recipe's own words can change.
    private static String script(Recipe recipe) {
        String name = recipe.data().find(DataOperator.FilterScript.class)
                .map(filter -> filter.script().toLowerCase(Locale.ROOT)).orElse(ANY);
        return SCRIPTS.contains(name) ? name : "";
    }

    private static Recipe withScript(Recipe recipe, String name) {
        Optional<DataOperator.FilterScript> own = recipe.data().find(DataOperator.FilterScript.class);
        return recipe.withData(name.equals(ANY)
                ? recipe.data().without(DataOperator.FilterScript.class)
                : recipe.data().with(new DataOperator.FilterScript(name,
                        own.map(DataOperator.FilterScript::share).orElse(USUAL_SHARE)), true));
    }
}
