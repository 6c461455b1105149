package trex.bench.study;

import java.util.List;
import java.util.Map;
import trex.model.Approval;
import trex.model.Budget;
import trex.model.Mission;
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

    /// The mission with the budget and the seed. The default recipe gets as many examples as the
    /// seconds allow by an estimate, is trained to its end where that was too low, and may lie outside
    /// of the mission's space.
    Mission mission(Mission task, int seconds, long seed) {
        int own = rounds == 0 ? task.budget().rounds() : rounds;
        Budget budget = new Budget(own, isSearch() ? seconds : (long) seconds * PATIENCE, task.budget().examplesPerRound());
        String word = isSearch() ? policy : "peft";
        return new Mission("bench-" + task.name() + "-" + word, task.goal(), task.baseModel(), task.data(), task.metric(),
                budget, isSearch() ? task.space() : Map.of(), task.start().withSeed(seed), seed);
    }

    StudySettings settings() {
        StudySettings usual = StudySettings.DEFAULT;
        return isSearch()
                ? new StudySettings(Approval.AUTO, policy, SearchPolicies.usualExploration(policy), 1, usual.device(),
                        usual.pruner())
                : new StudySettings(Approval.ASK, "sequential", 0, 1, usual.device(), "none");
    }
}
