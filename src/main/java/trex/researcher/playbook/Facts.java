package trex.researcher.playbook;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import trex.model.Choices;
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
        values.put("model", base.mayBeFullyTuned() ? "small" : "large");
        values.put("goodOverBad", ratio(profile.goodShare()));
        values.put("badOverGood", ratio(1 - profile.goodShare()));
        if (mission.space().get("procedure") instanceof Choices(List<String> allowed)) {
            allowed.forEach(procedure -> values.put("may_be_" + procedure, "yes"));
        }
        values.put("seconds", Long.toString(mission.budget().seconds()));
        return new Facts(values);
    }

    /// These facts and others.
    Facts and(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(values);
        all.putAll(more);
        return new Facts(all);
    }

    /// Of a share to the rest, in three digits; nothing where there is no rest or no share.
    private static String ratio(double share) {
        return share > 0 && share < 1 ? String.format(Locale.ROOT, "%.3g", share / (1 - share)) : "";
    }

    private static boolean mayBeFull(Mission mission) {
        return mission.starts().stream().anyMatch(r -> METHOD.text(r).equals("full"));
    }

    private static double answerShare(DataProfile profile) {
        double all = profile.meanPromptCharacters() + profile.meanAnswerCharacters();
        return all == 0 ? 0 : profile.meanAnswerCharacters() / all;
    }
}
