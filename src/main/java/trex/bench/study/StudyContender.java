package trex.bench.study;

import java.util.List;
import trex.model.Approval;
import trex.model.Budget;
import trex.model.DataRecipe;
import trex.model.DataOperator;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Mission;
import trex.model.Optimization;
import trex.model.Recipe;
import trex.model.Schedule;
import trex.model.StudySettings;
import trex.search.SearchPolicies;

/// A way to spend a budget.
///
/// @param name on the table
/// @param policy name of the search policy; empty for the default recipe, which is trained once
/// @param rounds that its authors plan for; 0 for the mission's own number
record StudyContender(String name, String policy, int rounds) {
    static final StudyContender DEFAULT_RECIPE = new StudyContender("PEFT's default recipe", "", 1);
    private static final int TREX_ROUNDS = 20;
    private static final int PATIENCE = 100;

    /// The default first.
    static List<StudyContender> searches() {
        return List.of(
                new StudyContender("TREX Workbench", "rank-puct", 0),
                new StudyContender("TREX mode", "trex-uct", TREX_ROUNDS),
                new StudyContender("AIDE's rule", "greedy-best-first", 0),
                new StudyContender("TPE", "flat-tpe", 0));
    }

    boolean isSearch() {
        return !policy.isEmpty();
    }

    /// The mission with the budget and the seed; the default recipe is trained to its end, however
    /// long that takes.
    Mission mission(Mission task, int seconds, long seed) {
        int own = rounds == 0 ? task.budget().rounds() : rounds;
        Budget budget = new Budget(own, isSearch() ? seconds : (long) seconds * PATIENCE, task.budget().examplesPerRound());
        String word = isSearch() ? policy : "peft";
        return new Mission("bench-" + task.name() + "-" + word, task.goal(), task.baseModel(), task.data(), task.metric(),
                budget, task.space(), task.start().withSeed(seed), seed);
    }

    StudySettings settings() {
        StudySettings usual = StudySettings.DEFAULT;
        return isSearch()
                ? new StudySettings(Approval.AUTO, policy, SearchPolicies.usualExploration(policy), 1, usual.device(),
                        usual.pruner())
                : new StudySettings(Approval.ASK, "sequential", 0, 1, usual.device(), "none");
    }

    /// What `LoraConfig()` and `TrainingArguments()` say where nothing is said (PEFT 0.17,
    /// transformers 4.57): rank 8, alpha 8, query and value; AdamW at 5e-5 falling linearly, three
    /// epochs of batches of 8. On as many examples as the mission's first recipe.
    static Recipe defaultRecipe(Mission mission) {
        Recipe start = mission.start();
        int examples = start.data().examples();
        DataRecipe data = new DataRecipe(
                examples == Integer.MAX_VALUE ? List.of() : List.of(new DataOperator.Sample(examples)));
        return start.withData(data)
                .withMethod(new Method.Lora(8, 8, LoraTargets.QUERY_VALUE))
                .withOptimization(new Optimization(5e-5, 3, 8, 1, 0, Schedule.LINEAR, 0, 1));
    }
}
