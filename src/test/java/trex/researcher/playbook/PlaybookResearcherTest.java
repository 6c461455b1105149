package trex.researcher.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import trex.json.Json;
import trex.loop.Researcher;
import trex.model.Bounds;
import trex.model.Budget;
import trex.model.Choices;
import trex.model.DataOperator;
import trex.model.DataProfile;
import trex.model.Evidence;
import trex.model.ExperimentTree;
import trex.model.FailureKind;
import trex.model.GradientCheckpointing;
import trex.model.Limit;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.PreferenceLoss;
import trex.model.Procedure;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Schedule;
import trex.model.Strategy;
import trex.search.BaseModel;
import trex.search.CostModel;
import trex.search.Flat;
import trex.search.Lineage;
import trex.search.Move;
import trex.search.Proposing;
import trex.search.RankPuct;
import trex.search.SearchPolicies;
import trex.search.Trees;
import trex.search.TrexUct;

class PlaybookResearcherTest {
    private static final DataProfile PROFILE = new DataProfile(6000, 0, 80, 5, Map.of("good", 0.5, "bad", 0.5));
    private static final Mission MISSION = Trees.mission(new Budget(12, 2400, 50_000));
    private final PlaybookResearcher researcher = new PlaybookResearcher();

    private Strategy propose(Trees trees, int parent) {
        return propose(trees, parent, MISSION);
    }

    private Strategy propose(Trees trees, int parent, Mission mission) {
        return researcher.propose(context(mission, trees, Proposing.DEFAULT),
                trees.tree().node(new NodeId(parent)));
    }

    /// A twentieth of the budget is kept for the end.
    private static Researcher.Context context(Mission mission, Trees trees, Proposing proposing) {
        return new Researcher.Context(mission, PROFILE, trees.tree(), proposing,
                0.95 * mission.budget().seconds() - spent(trees.tree()));
    }

    /// Peaks at learning rate 2e-3 and rank 16; more examples help; rates above 8e-3 diverge (NaN).
    private static double accuracy(Recipe recipe) {
        double rate = recipe.optimization().learningRate();
        if (rate > 8e-3) {
            return Double.NaN;
        }
        double passes = CostModel.passes(recipe, PROFILE.rows());
        int rank = recipe.method() instanceof Method.Lora l ? l.rank() : 8;
        return 0.9 - 0.05 * Math.pow(Math.log10(rate / 2e-3), 2) - 0.02 * Math.pow(Math.log(rank / 16.0) / Math.log(4), 2)
                - 3 / Math.sqrt(passes + 100);
    }

    private Trees study(Mission mission) {
        return study(mission, 0, PlaybookResearcherTest::accuracy);
    }

    private Trees study(Mission mission, long peakBytes, ToDoubleFunction<Recipe> truth) {
        Trees trees = Trees.baseline(0.5, peakBytes);
        for (int round = 0; round < mission.budget().rounds(); round++) {
            int parent = SearchPolicies.named(RankPuct.ID, 1, 1).select(trees.tree()).node().value();
            Strategy strategy = propose(trees, parent, mission);
            double accuracy = truth.applyAsDouble(strategy.variants().getFirst());
            if (Double.isNaN(accuracy)) {
                trees.failed(parent, strategy, FailureKind.DIVERGED);
            } else {
                trees.completed(parent, strategy, accuracy);
            }
        }
        return trees;
    }

    @Test
    void theFirstDraftFollowsThePlaybookAndCitesIt() {
        Strategy first = propose(Trees.baseline(0.5), 0);
        Recipe recipe = first.variants().getFirst();
        assertThat(recipe.method()).isEqualTo(new Method.Lora(16, 16, LoraTargets.ALL_LINEAR));
        assertThat(recipe.optimization().schedule()).isEqualTo(Schedule.LINEAR);
        assertThat(first.evidence()).extracting(Evidence::id).contains("PB-01");
        assertThat(first.evidence()).allSatisfy(e -> assertThat(e.source()).isNotBlank());
        assertThat(first.proposedBy()).isEqualTo("built-in planner (no language model)");
    }

    @Test
    void theSecondDraftRaisesTheLearningRate() {
        Trees trees = Trees.baseline(0.5);
        trees.completed(0, propose(trees, 0), 0.7);
        Strategy second = propose(trees, 0);
        assertThat(second.variants().getFirst().optimization().learningRate()).isEqualTo(3e-3);
        assertThat(second.evidence()).extracting(Evidence::id).contains("PB-10");
    }

    @Test
    void aSmallModelIsAlsoTunedInFullAtALowerLearningRateWithACitation() {
        Trees trees = Trees.baseline(0.5, 300L << 20);
        trees.completed(0, propose(trees, 0), 0.7);
        Strategy second = propose(trees, 0);
        Recipe recipe = second.variants().getFirst();
        assertThat(recipe.method()).isEqualTo(new Method.Full());
        assertThat(recipe.optimization().learningRate()).isEqualTo(5e-4);
        assertThat(second.evidence()).extracting(Evidence::id).contains("PB-25", "PB-26").doesNotContain("PB-01");
        assertThat(second.evidence()).filteredOn(e -> e.id().equals("PB-25"))
                .allSatisfy(e -> assertThat(e.source()).contains("alignment-handbook"));
    }

    @Test
    void whereFullTuningIsBetterTheSearchStaysWithIt() {
        Trees trees = study(MISSION, 300L << 20, PlaybookResearcherTest::fullIsBetter);
        assertThat(trees.tree().nodes().subList(6, 13))
                .filteredOn(n -> n.strategy().variants().getFirst().method() instanceof Method.Full)
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(Lineage.recipe(trees.tree().best().orElseThrow()))
                .extracting(Recipe::method).isEqualTo(new Method.Full());
    }

    private static double fullIsBetter(Recipe recipe) {
        return recipe.method() instanceof Method.Full ? accuracy(recipe) : accuracy(recipe) - 0.3;
    }

    @Test
    void aWholeStudyNeverRepeatsARecipeAndFitsItsBudget() {
        Trees trees = study(MISSION);
        List<List<String>> recipes = trees.tree().nodes().stream()
                .flatMap(n -> n.strategy().variants().stream())
                .map(r -> RecipeField.all().stream().map(f -> f.text(r)).toList())
                .toList();
        assertThat(recipes).doesNotHaveDuplicates().hasSize(12);
        assertThat(spent(trees.tree())).isBetween(1200.0, 2400.0);
    }

    @Test
    void lateRoundsTrainOnMoreExamplesAndTheBestIsAmongThem() {
        List<Node> nodes = study(MISSION).tree().nodes();
        double early = nodes.subList(1, 6).stream().mapToDouble(PlaybookResearcherTest::passes).average().orElseThrow();
        double late = nodes.subList(10, 13).stream().mapToDouble(PlaybookResearcherTest::passes).average().orElseThrow();
        assertThat(late).isGreaterThan(2 * early);
        assertThat(study(MISSION).tree().best().orElseThrow().id().value()).isGreaterThan(5);
    }

    private static double passes(Node node) {
        return CostModel.passes(node.strategy().variants().getFirst(), PROFILE.rows());
    }

    @Test
    void theSameTreeGetsTheSameProposal() {
        assertThat(study(MISSION).tree()).isEqualTo(study(MISSION).tree());
    }

    @Test
    void editsChangeFewFieldsAndSayWhatTheyExpect() {
        for (Node node : study(MISSION).tree().nodes().subList(6, 13)) {
            assertThat(node.strategy().hypothesis()).endsWith(".").hasSizeLessThan(400);
            assertThat(node.strategy().evidence()).anySatisfy(e -> assertThat(e.statement())
                    .matches("Highest expected improvement of the candidates, .*; by field: (\\w+ [+-]?[0-9.]+(, )?)+\\."));
        }
    }

    private static Mission limited(Map<String, Limit> space) {
        Mission m = MISSION;
        return new Mission(m.name(), m.goal(), m.baseModel(), m.data(), m.metric(), m.budget(), space, m.start(), m.seed());
    }

    @Test
    void noProposalLeavesWhatTheMissionAllows() {
        Mission mission = limited(Map.of("method", new Choices(List.of("lora")), "schedule", new Choices(List.of("cosine")),
                "rank", new Bounds(8, 8), "targets", new Choices(List.of("query_value", "all_linear")),
                "learningRate", new Bounds(5e-4, 2e-2)));
        Trees trees = study(mission, 300L << 20, PlaybookResearcherTest::accuracy);
        for (Node node : trees.tree().nodes()) {
            assertThat(node.strategy().variants()).allSatisfy(r -> assertThat(mission.objection(r)).isEmpty());
            assertThat(node.strategy().evidence()).as("no rule is cited that could not be followed")
                    .extracting(Evidence::id).doesNotContain("PB-17", "PB-25");
        }
        assertThat(trees.tree().nodes()).anyMatch(n -> n.state() == NodeState.FAILED);
    }

    @Test
    void aDivergedRunIsRepairedTwiceThenLeft() {
        Trees trees = Trees.baseline(0.5);
        Strategy first = propose(trees, 0);
        trees.failed(0, first, FailureKind.DIVERGED);
        Strategy repaired = propose(trees, 0);
        assertThat(repaired.variants().getFirst().optimization().learningRate()).isEqualTo(3e-4);
        trees.failed(0, repaired, FailureKind.DIVERGED);
        Strategy again = propose(trees, 0);
        assertThat(again.variants().getFirst().optimization().learningRate()).as("the mission's lowest").isEqualTo(1e-4);
        trees.failed(0, again, FailureKind.DIVERGED);
        assertThat(propose(trees, 0).evidence()).extracting(Evidence::id).doesNotContain("repair");
    }

    @Test
    void aRunOutOfMemoryIsRepairedByHalfTheBatch() {
        Trees trees = Trees.baseline(0.5);
        trees.failed(0, propose(trees, 0), FailureKind.OUT_OF_MEMORY);
        Recipe repaired = propose(trees, 0).variants().getFirst();
        assertThat(repaired.optimization().batchSize()).isEqualTo(8);
        assertThat(repaired.optimization().accumulation()).isEqualTo(2);
    }

    @Test
    void aRunOutOfMemoryThatKeptAllActivationsIsRepairedByComputingThemAgain() {
        Trees trees = Trees.baseline(0.5);
        Recipe kept = propose(trees, 0).variants().getFirst().withGradientCheckpointing(GradientCheckpointing.OFF);
        trees.failed(0, Trees.strategy(kept), FailureKind.OUT_OF_MEMORY);
        assertThat(propose(trees, 0).variants()).containsExactly(kept.withGradientCheckpointing(GradientCheckpointing.ON));
    }

    @Test
    void aRunOutOfMemoryThatHasNoBatchToHalveIsRepairedByABaseInFourBits() {
        Trees trees = Trees.baseline(0.5);
        Recipe wide = propose(trees, 0).variants().getFirst();
        Recipe single = wide.withOptimization(wide.optimization().withBatchSize(1));
        trees.failed(0, Trees.strategy(single), FailureKind.OUT_OF_MEMORY);
        Strategy repaired = propose(trees, 0);
        assertThat(repaired.variants()).containsExactly(RecipeField.named("base").with(single, "nf4"));
        trees.failed(0, repaired, FailureKind.OUT_OF_MEMORY);
        assertThat(propose(trees, 0).variants().getFirst().maxLength()).isEqualTo(single.maxLength() / 2);
    }

    @Test
    void aRunOutOfMemoryIsRepairedByTheFirstThingThatTheMissionAllows() {
        Trees trees = Trees.baseline(0.5);
        Recipe wide = propose(trees, 0).variants().getFirst();
        trees.failed(0, Trees.strategy(wide), FailureKind.OUT_OF_MEMORY);
        Mission batches = limited(Map.of("batchSize", new Bounds(wide.optimization().batchSize(), 64)));
        assertThat(propose(trees, 0, batches).variants()).containsExactly(RecipeField.named("base").with(wide, "nf4"));
    }

    @Test
    void aRejectionForbidsTheFieldItsReasonNames() {
        Trees trees = Trees.baseline(0.5);
        for (int i = 0; i < 5; i++) {
            trees.completed(0, Trees.withRate(1e-3 + 1e-4 * i), 0.7 + 0.01 * i);
        }
        trees.rejected(5, Trees.strategy(Trees.withRate(9e-3)), "that learning rate is too high for us");
        for (int i = 0; i < 10; i++) {
            Strategy next = propose(trees, 5);
            Recipe parent = trees.tree().node(new NodeId(5)).strategy().variants().getFirst();
            assertThat(Move.between(parent, next.variants().getFirst())).doesNotContain(new Move("learningRate", "up"));
            trees.completed(5, next, 0.6);
        }
    }

    @Test
    void aProposalMayHaveSeveralDifferentVariants() {
        Trees trees = study(MISSION);
        Strategy strategy = researcher.propose(
                context(MISSION, trees, new TrexUct(1).proposing()),
                trees.tree().best().orElseThrow());
        assertThat(strategy.variants()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void everyBuiltInRuleSpeaksOfAFieldThatThereIs() throws Exception {
        try (var file = Playbook.class.getResourceAsStream("playbook.json")) {
            Playbook all = Json.mapper().readValue(file, Playbook.class);
            assertThat(all.entries()).extracting(PlaybookEntry::field).allMatch(f -> RecipeField.find(f).isPresent());
        }
    }

    @Test
    void rowsThatNearlyRepeatOthersAreRemovedWhereAnswersAreFreeText() {
        DataProfile free = new DataProfile(6000, 0, 0.2, 80, 60, Map.of());
        DataProfile classes = new DataProfile(6000, 0, 0.2, 80, 5, Map.of("good", 0.5, "bad", 0.5));
        Trees trees = Trees.baseline(0.5);
        Strategy first = researcher.propose(new Researcher.Context(MISSION, free, trees.tree(), Proposing.DEFAULT, 2000),
                trees.tree().baseline());
        assertThat(first.variants().getFirst().data().has(DataOperator.DropNearDuplicates.class)).isTrue();
        assertThat(first.evidence()).extracting(Evidence::id).contains("PB-27");
        Strategy other = researcher.propose(new Researcher.Context(MISSION, classes, trees.tree(), Proposing.DEFAULT, 2000),
                trees.tree().baseline());
        assertThat(other.variants().getFirst().data().has(DataOperator.DropNearDuplicates.class)).isFalse();
    }

    @Test
    void aFlatControlGetsNoDraftsAndNoPlaybook() {
        Trees trees = Trees.baseline(0.5);
        Strategy strategy = researcher.propose(
                context(MISSION, trees, Flat.parzen().proposing()),
                trees.tree().baseline());
        assertThat(strategy.hypothesis()).startsWith("A new start");
        assertThat(strategy.variants().getFirst()).isNotEqualTo(propose(trees, 0).variants().getFirst());
    }

    @Test
    void learningRatesOfSupervisedTrainingsAreNotAskedOfPreferences() {
        Recipe supervised = Trees.withRate(5e-5);
        Recipe preferences = supervised.withProcedure(new Procedure.Preference(PreferenceLoss.DPO, 0.1, 0));
        assertThat(rules(supervised)).contains("PB-02", "PB-10");
        assertThat(rules(preferences)).isNotEmpty().doesNotContain("PB-02", "PB-10");
    }

    @Test
    void aRuleOfAFieldThatTheRecipeHasNotIsNotCited() {
        Recipe supervised = Trees.recipe();
        Recipe preferences = supervised.withProcedure(new Procedure.Preference(PreferenceLoss.DPO, 0.1, 0));
        assertThat(rules(supervised)).contains("PB-12");
        assertThat(rules(preferences)).isNotEmpty().doesNotContain("PB-12");
    }

    private static List<String> rules(Recipe recipe) {
        Facts facts = Facts.of(recipe, MISSION, PROFILE, BaseModel.UNKNOWN);
        return Playbook.builtIn().matching(facts).stream().map(PlaybookEntry::id).toList();
    }

    @Test
    void everyBuiltInDraftIsMadeOfKnownRules() {
        List<String> known = Playbook.builtIn().entries().stream().map(PlaybookEntry::id).toList();
        assertThat(known).contains("PB-01", "PB-06", "PB-27").doesNotHaveDuplicates();
        assertThat(Playbook.builtIn().drafts()).hasSize(6);
        Playbook.builtIn().drafts().forEach(draft -> assertThat(known).containsAll(draft.entries()));
    }

    /// Seconds that all runs of the tree have taken.
    private static double spent(ExperimentTree tree) {
        double sum = 0;
        for (Node node : tree.nodes()) {
            for (Run run : node.runs()) {
                RunOutcome outcome = run.outcome();
                sum += outcome == null ? 0 : outcome.cost().seconds();
            }
        }
        return sum;
    }
}
