package trex.researcher.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trex.loop.Researcher;
import trex.model.Bounds;
import trex.model.Budget;
import trex.model.Choices;
import trex.model.DataProfile;
import trex.model.Evidence;
import trex.model.Limit;
import trex.model.Method;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.NodeId;
import trex.model.PreferenceLoss;
import trex.model.Procedure;
import trex.model.Recipe;
import trex.model.Rewards;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Strategy;
import trex.model.TaskData;
import trex.model.Template;
import trex.search.Proposing;
import trex.search.Trees;

/// The rules of DPO, IPO, SimPO and KTO on real proposals: what they begin with, and what they make of what a
/// training has shown.
class PreferenceRulesTest {
    private static final DataProfile PAIRS = new DataProfile(3000, 0, 0, 60, 40, Map.of());
    private static final Procedure DPO = new Procedure.Preference(PreferenceLoss.DPO, 0.1, 0);
    private static final RunId FIRST = new RunId("r1");

    private final PlaybookResearcher researcher = new PlaybookResearcher();
    private final Map<RunId, List<RunEvent>> stories = new HashMap<>();

    private static Mission mission(Procedure start, List<String> procedures, double rate) {
        Mission plain = Trees.mission(new Budget(12, 2400, 50_000));
        boolean rated = start instanceof Procedure.Kto;
        Template template = new Template(null, "{text}", "{label}", Map.of(), List.of(), false,
                rated ? null : "{worse}", rated ? "{good}" : null);
        Map<String, Limit> space = new HashMap<>(Map.of("learningRate", new Bounds(1e-6, 1e-2)));
        if (!procedures.isEmpty()) {
            space.put("procedure", new Choices(procedures));
        }
        Recipe recipe = Trees.withRate(rate).withProcedure(start);
        return new Mission(plain.name(), plain.goal(), plain.baseModel(),
                new TaskData(plain.data().train(), null, plain.data().cut(), plain.data().test(), template),
                Metric.PREFERENCE_ACCURACY, plain.budget(), space, recipe, plain.seed());
    }

    private Strategy propose(Mission mission, DataProfile profile, Trees trees, int parent) {
        return researcher.propose(new Researcher.Context(mission, profile, trees.tree(), Proposing.DEFAULT, 2000,
                run -> stories.getOrDefault(run, List.of())), trees.tree().node(new NodeId(parent)));
    }

    private Recipe first(Mission mission, DataProfile profile, long peakBytes) {
        return propose(mission, profile, Trees.baseline(0.5, peakBytes, Metric.PREFERENCE_ACCURACY), 0).variants().getFirst();
    }

    /// A course of forty steps: in its last quarter so many pairs are won, by a margin that grew so.
    private static List<RunEvent> story(double wins, double growth, double fall) {
        List<RunEvent> events = new ArrayList<>();
        for (int step = 1; step <= 40; step++) {
            boolean last = step > 30;
            events.add(new RunEvent.Step(step, 40, last ? 0.5 * (1 - fall) : 0.5, 1e-3, 1, 100, 10, 1 << 20,
                    new Rewards(last ? wins : wins - 0.05, last ? 2 : 2 * (1 - growth))));
        }
        return events;
    }

    private static List<String> ids(Strategy strategy) {
        return strategy.evidence().stream().map(Evidence::id).toList();
    }

    @Test
    void aLargeModelGetsThePublishedRateAndBetaOfDpo() {
        Recipe adapters = first(mission(new Procedure.Preference(PreferenceLoss.DPO, 0.02, 0), List.of(), 1e-3), PAIRS, 0);
        assertThat(adapters.optimization().learningRate()).isEqualTo(1e-5);
        assertThat(adapters.procedure()).isEqualTo(DPO);
    }

    @Test
    void aSmallModelKeepsTheMissionsRate() {
        Recipe recipe = first(mission(DPO, List.of(), 5e-4), PAIRS, 300L << 20);
        assertThat(recipe.optimization().learningRate()).isEqualTo(5e-4);
        assertThat(recipe.procedure()).isEqualTo(DPO);
    }

    @Test
    void simpoBeginsAtItsOwnBetaAndHalfOfItAsMargin() {
        Recipe recipe = first(mission(new Procedure.Preference(PreferenceLoss.SIMPO, 0.1, 0.2), List.of(), 1e-3), PAIRS, 0);
        assertThat(recipe.procedure()).isEqualTo(new Procedure.Preference(PreferenceLoss.SIMPO, 2, 1));
    }

    @Test
    void ktoWeighsTheRarerKindOfAnswersMore() {
        Mission mission = mission(new Procedure.Kto(0.1, 1, 1), List.of(), 1e-3);
        DataProfile mostlyGood = new DataProfile(3000, 0, 0, 60, 40, Map.of(), 0.75);
        DataProfile mostlyBad = new DataProfile(3000, 0, 0, 60, 40, Map.of(), 0.2);
        assertThat(first(mission, mostlyGood, 0).procedure()).isEqualTo(new Procedure.Kto(0.1, 1, 3));
        assertThat(first(mission, mostlyBad, 0).procedure()).isEqualTo(new Procedure.Kto(0.1, 4, 1));
        assertThat(first(mission, PAIRS, 0).procedure()).isEqualTo(new Procedure.Kto(0.1, 1, 1));
    }

    @Test
    void otherProceduresAreDraftedWhereTheMissionNamesThem() {
        Mission open = mission(DPO, List.of("dpo", "ipo", "simpo", "supervised"), 5e-4);
        Trees trees = Trees.baseline(0.5, 300L << 20, Metric.PREFERENCE_ACCURACY);
        List<Procedure> drafted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Strategy strategy = propose(open, PAIRS, trees, 0);
            drafted.add(strategy.variants().getFirst().procedure());
            trees.completed(0, strategy, 0.6);
        }
        assertThat(trees.tree().nodes()).extracting(n -> n.strategy().hypothesis())
                .as("no draft promises what its rules do not do").noneMatch(h -> h.contains("Three times the learning rate"));
        assertThat(drafted).startsWith(DPO, new Procedure.Preference(PreferenceLoss.SIMPO, 2, 1))
                .contains(new Procedure.Supervised());

        Trees closed = Trees.baseline(0.5, 300L << 20, Metric.PREFERENCE_ACCURACY);
        for (int i = 0; i < 5; i++) {
            Strategy strategy = propose(mission(DPO, List.of(), 5e-4), PAIRS, closed, 0);
            assertThat(strategy.variants().getFirst().procedure()).isEqualTo(DPO);
            closed.completed(0, strategy, 0.6);
        }
    }

    private Trees grown(Mission mission, List<RunEvent> story, double accuracy) {
        stories.put(FIRST, story);
        return Trees.baseline(0.5, 300L << 20, Metric.PREFERENCE_ACCURACY)
                .completed(0, mission.start().withMethod(new Method.Full(0)), accuracy);
    }

    @Test
    void pairsWonInTrainingAloneRaiseBetaThenEndEarlierThenTryIpoEachOnce() {
        Mission mission = mission(DPO, List.of("dpo", "ipo"), 5e-4);
        Trees trees = grown(mission, story(1.0, 0.3, 0.2), 0.8);
        Strategy stronger = propose(mission, PAIRS, trees, 1);
        assertThat(stronger.variants().getFirst().procedure()).isEqualTo(new Procedure.Preference(PreferenceLoss.DPO, 0.2, 0));
        assertThat(ids(stronger)).containsExactly("PB-60", "curve");
        assertThat(stronger.hypothesis()).contains("#1", "hold the model closer");
        assertThat(stronger.evidence().getLast().statement())
                .isEqualTo("100 % of the training's pairs are won at its end, by a margin of 2.00 that changed by +30 % in "
                        + "the last quarter, the loss by -20 %; 80 % of the validation's pairs are won.");
        trees.completed(1, stronger, 0.81);

        Strategy shorter = propose(mission, PAIRS, trees, 1);
        assertThat(shorter.variants().getFirst().optimization().epochs()).isEqualTo(0.5);
        assertThat(ids(shorter)).startsWith("PB-61");
        trees.completed(1, shorter, 0.79);

        Strategy ipo = propose(mission, PAIRS, trees, 1);
        assertThat(ipo.variants().getFirst().procedure()).isEqualTo(new Procedure.Preference(PreferenceLoss.IPO, 0.1, 0));
        trees.completed(1, ipo, 0.8);

        assertThat(ids(propose(mission, PAIRS, trees, 1))).doesNotContain("PB-60", "PB-61", "PB-62", "curve");
    }

    @Test
    void pairsThatAreStillBeingWonGetMorePasses() {
        Mission mission = mission(DPO, List.of(), 5e-4);
        Strategy longer = propose(mission, PAIRS, grown(mission, story(0.7, 0.3, 0.1), 0.68), 1);
        assertThat(ids(longer)).startsWith("PB-63");
        assertThat(longer.variants().getFirst().optimization().epochs()).isEqualTo(2);
    }

    @Test
    void aTrainingThatRestsBeforeItsPairsAreWonTakesLargerSteps() {
        Mission mission = mission(DPO, List.of(), 5e-4);
        Strategy faster = propose(mission, PAIRS, grown(mission, story(0.6, 0.01, 0), 0.58), 1);
        assertThat(ids(faster)).startsWith("PB-64");
        assertThat(faster.variants().getFirst().optimization().learningRate()).isEqualTo(1.5e-3);
    }

    @Test
    void aTrainingThatShowsNothingOfTheKindIsLeftToThePlanner() {
        Mission mission = mission(DPO, List.of(), 5e-4);
        for (List<RunEvent> story : List.of(story(0.99, 0.01, 0.3), story(1, 0.3, 0.2).subList(0, 6), List.<RunEvent>of())) {
            assertThat(ids(propose(mission, PAIRS, grown(mission, story, 0.98), 1))).doesNotContain("curve");
        }
    }

    @Test
    void signsOfASupervisedTrainingAreNotReadAsAPreferences() {
        List<RunEvent> supervised = new ArrayList<>();
        for (int step = 1; step <= 40; step++) {
            supervised.add(new RunEvent.Step(step, 40, 0.5, 1e-3, 1, 100, 10, 1 << 20));
        }
        assertThat(Signs.of(supervised, Trees.score(0.5))).isEmpty();
        assertThat(Signs.of(story(0.9, 0.3, 0.1), Trees.score(0.5)).orElseThrow().facts().get("winsGap"))
                .as("accuracy of answers is no share of pairs").isEqualTo("NaN");
    }
}
