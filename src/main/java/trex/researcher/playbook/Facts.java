package trex.researcher.playbook;

import java.util.HashMap;
import java.util.Map;
import trex.model.DataProfile;
import trex.model.Mission;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.search.BaseModel;

/// What the playbook's conditions may ask about: facts of the data, the base model, the budget, and the values
/// of a recipe by field name. Numbers are written as text.
///
/// @param values text of each fact by its name
record Facts(Map<String, String> values) {
    private static final RecipeField METHOD = RecipeField.named("method");

    Facts {
        values = Map.copyOf(values);
    }

    static Facts of(Recipe recipe, Mission mission, DataProfile profile, BaseModel base) {
        Map<String, String> values = new HashMap<>();
        RecipeField.all().forEach(f -> values.put(f.name(), f.text(recipe)));
        values.put("rows", Integer.toString(profile.rows()));
        values.put("duplicateShare", Double.toString(profile.duplicateShare()));
        values.put("nearDuplicateShare", Double.toString(profile.nearDuplicateShare()));
        values.put("answerShare", Double.toString(answerShare(profile)));
        values.put("classes", Integer.toString(profile.answers().size()));
        values.put("balance", Double.toString(profile.balance()));
        values.put("fullTuning", !mayBeFull(mission) ? "excluded" : base.mayBeFullyTuned() ? "possible" : "too large");
        values.put("seconds", Long.toString(mission.budget().seconds()));
        return new Facts(values);
    }

    private static boolean mayBeFull(Mission mission) {
        return mission.starts().stream().anyMatch(r -> METHOD.text(r).equals("full"));
    }

    private static double answerShare(DataProfile profile) {
        double all = profile.meanPromptCharacters() + profile.meanAnswerCharacters();
        return all == 0 ? 0 : profile.meanAnswerCharacters() / all;
    }
}
