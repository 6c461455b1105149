package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trex.data.MissionFile;
import trex.model.Approval;
import trex.model.Budget;
import trex.model.DataProfile;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.ModelFiles;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Prepared;
import trex.model.RoundCount;
import trex.model.SealedSplit;
import trex.model.SealedSplits;
import trex.model.Split;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.researcher.playbook.PlaybookResearcher;
import trex.search.Insights;
import trex.search.SearchPolicies;
import trex.search.TrexUct;

/// Whether whole studies with the built-in Researcher keep to their seconds, on simulated machines.
@Timeout(120)
class BudgetTest {
    private final Laboratory lab = new Laboratory();

    /// The real splits' sizes.
    private static Prepared prepared(int train, int test) {
        return new Prepared(new ModelFiles("model", "/models/model.gguf", "a".repeat(64)),
                new SealedSplits(
                        new SealedSplit(Split.TRAIN, "/splits/train.jsonl", train, "b".repeat(64)),
                        new SealedSplit(Split.VALIDATION, "/splits/validation.jsonl", 400, "c".repeat(64)),
                        new SealedSplit(Split.TEST, "/splits/test.jsonl", test, "d".repeat(64)), 3),
                new DataProfile(train, 0.01, 60, 8, Map.of("negative", 0.45, "positive", 0.55)));
    }

    private StudyId run(Mission mission, SimulatedMachine machine) {
        return run(mission, machine, StudySettings.DEFAULT.policy());
    }

    private StudyId run(Mission mission, SimulatedMachine machine, String policy) {
        Prepared prepared = mission.name().equals("sst2") ? prepared(60_000, 872) : prepared(6_000, 600);
        StudyId id = lab.store.create(mission, new StudySettings(Approval.AUTO, policy, 1, 1, "cpu", "median"));
        Ports ports = new Ports(lab.store, (_, _, _) -> prepared, new PlaybookResearcher(),
                (chosen, m) -> SearchPolicies.named(chosen.policy(), chosen.exploration(), m.seed()),
                Insights::from, machine, lab.disk, new Devices(), machine);
        StudyLoop loop = new StudyLoop(id, ports, new InteractiveGate(Approval.AUTO, machine), lab.listener());
        assertThat(loop.run()).isEqualTo(StudyState.FINISHED);
        return id;
    }

    private static Mission mission(String name) throws Exception {
        return MissionFile.read(Path.of("ft-bench", name, "task.json").toAbsolutePath());
    }

    private static Mission sst2() throws Exception {
        return mission("sst2");
    }

    /// With a model of 135 million weights.
    private static SimulatedMachine large(double examples, double unrest, long seed) {
        return new SimulatedMachine(new SimulatedMachine.Speed(6, 20, examples), unrest, seed);
    }

    /// The demo's missions with the embedded model, from a fast machine to one on which nine rounds of
    /// the smallest size would take longer than the budget.
    @ParameterizedTest(name = "{0}: {1} s to load, {2} rows and {3} examples a second")
    @CsvSource({"mood, 1, 400, 400, 9", "units, 1.5, 150, 200, 9", "dates, 2, 80, 100, 9", "dates, 3, 40, 40, 4",
            "mood, 4, 30, 30, 4"})
    void theDemosRoundsFitIntoItsSeconds(String name, double load, double rows, double examples, int atLeast)
            throws Exception {
        Mission mission = mission(name);
        SimulatedMachine machine = new SimulatedMachine(new SimulatedMachine.Speed(load, rows, examples), 0.15, 7);
        ExperimentTree tree = lab.store.tree(run(mission, machine));
        assertThat(machine.seconds()).isLessThanOrEqualTo(mission.budget().seconds());
        assertThat(tree.rounds().finished()).isBetween(atLeast, mission.budget().rounds());
    }

    /// From a slow machine to a fast one, steady or not.
    @ParameterizedTest(name = "{0} examples a second ± {1}, seed {2}")
    @CsvSource({"3, 0.1, 1", "6, 0, 1", "6, 0.3, 2", "6, 0.3, 3", "12, 0.3, 4", "40, 0.1, 5"})
    void twelveRoundsTheRepeatsAndTheTestFitInto2700Seconds(double speed, double unrest, long seed) throws Exception {
        Mission mission = sst2();
        SimulatedMachine machine = large(speed, unrest, seed);
        StudyId id = run(mission, machine);
        ExperimentTree tree = lab.store.tree(id);

        assertThat(machine.seconds()).isLessThanOrEqualTo(mission.budget().seconds());
        assertThat(tree.rounds()).isEqualTo(new RoundCount(12, 0, 0, 0, 0));
        if (unrest < 0.2) {
            assertThat(new Repeats(tree).begun()).as("a round is repeated before a model is named").isTrue();
        }
        assertThat(result(id).baseline().test()).isNotNull();
        assertThat(Objects.requireNonNull(result(id).best()).test()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"6, 0", "12, 0.3"})
    void roundsOfThreeRecipesShareTheirSeconds(double speed, double unrest) throws Exception {
        SimulatedMachine machine = large(speed, unrest, 8);
        ExperimentTree tree = lab.store.tree(run(sst2(), machine, TrexUct.ID));
        assertThat(machine.seconds()).isLessThanOrEqualTo(sst2().budget().seconds());
        assertThat(tree.rounds()).isEqualTo(new RoundCount(12, 0, 0, 0, 0));
    }

    /// A machine that becomes five times slower in the middle of the study.
    @Test
    void aMachineThatSlowsDownEndsInTimeToo() throws Exception {
        Mission mission = sst2();
        SimulatedMachine machine = large(12, 0.1, 6).slower(5, 900, 3_000);
        StudyId id = run(mission, machine);
        assertThat(machine.seconds()).isLessThanOrEqualTo(mission.budget().seconds());
        ExperimentTree tree = lab.store.tree(id);
        assertThat(Objects.requireNonNull(result(id).best()).test()).isNotNull();
    }

    @Test
    void aRoundThatIsStoppedForTimeSaysSo() throws Exception {
        SimulatedMachine machine = large(12, 0, 6).slower(40, 900, 1_900);
        StudyId id = run(sst2(), machine);
        assertThat(machine.seconds()).isLessThanOrEqualTo(sst2().budget().seconds());
        assertThat(lab.store.tree(id).rounds().pruned()).isPositive();
        assertThat(lab.store.journal(id)).extracting(StudyStore.JournalLine::text)
                .anyMatch(line -> line.matches("node #\\d+ is stopped after \\d+ s, \\d+ s were expected: the budget has no more for it"));
    }

    private static Mission with(Mission mission, Budget budget) {
        return new Mission(mission.name(), mission.goal(), mission.baseModel(), mission.data(), mission.metric(), budget,
                mission.space(), mission.start(), mission.seed());
    }

    @ParameterizedTest
    @CsvSource({"200000", "600000"})
    void allTrainingsTogetherKeepToTheirTokens(long tokens) throws Exception {
        Mission mission = sst2();
        Budget whole = mission.budget();
        SimulatedMachine machine = large(40, 0.1, 3);
        StudyId id = run(with(mission, new Budget(whole.rounds(), whole.seconds(), whole.examplesPerRound(), tokens, 0, 0, 0)), machine);
        long spent = lab.store.study(id).spending().spentTokens();
        assertThat(spent).isLessThanOrEqualTo(tokens).isGreaterThan(tokens / 2);
        assertThat(lab.store.tree(id).rounds().completed()).as("later rounds are sized by what is left").isGreaterThan(7);
        assertThat(Objects.requireNonNull(result(id).best()).test()).isNotNull();
    }

    @Test
    void aTrainingIsStoppedWhereTheTokensEnd() throws Exception {
        Mission mission = sst2();
        Budget whole = mission.budget();
        // the first round, of which nothing is known yet, would take 768 x 40
        SimulatedMachine machine = large(40, 0, 3);
        StudyId id = run(with(mission, new Budget(whole.rounds(), whole.seconds(), whole.examplesPerRound(), 20_000, 0, 0, 0)), machine);
        assertThat(lab.store.study(id).spending().spentTokens()).isBetween(20_000L, 20_000L + 2 * 16 * 40);
        assertThat(lab.store.tree(id).node(new NodeId(1)).state()).isEqualTo(NodeState.FAILED);
        assertThat(lab.store.journal(id)).extracting(StudyStore.JournalLine::text)
                .anyMatch(line -> line.matches("node #1 is stopped after \\d+ tokens: the budget has no more for it"));
        assertThat(lab.heard(StudyEvent.Message.class)).extracting(StudyEvent.Message::text)
                .anyMatch(text -> text.contains("tokens that are left for rounds are too few"));
    }

    @Test
    void moneyIsSpentAtThePriceOfAnHour() throws Exception {
        Mission mission = sst2();
        Budget whole = mission.budget();
        Budget paid = new Budget(whole.rounds(), whole.seconds(), whole.examplesPerRound(), 0, 0.5, 1.8, 0);
        assertThat(paid.secondsWithinMoney()).isEqualTo(1_000);
        SimulatedMachine machine = large(40, 0.1, 4);
        StudyId id = run(with(mission, paid), machine);
        assertThat(machine.seconds()).isLessThanOrEqualTo(1_000);
        assertThat(paid.price(lab.store.study(id).spending().spentSeconds())).isLessThanOrEqualTo(0.5).isGreaterThan(0.3);
    }

    @Test
    void aForecastTellsWhatARoundTakesAndWhatIsThenLeft() throws Exception {
        Mission mission = with(Fixtures.mission(3, 1_000), new Budget(3, 1_000, 5_000, 100, 10, 36, 0));
        StudyId id = lab.create(mission);
        assertThat(Forecast.of(lab.store.study(id), lab.store.tree(id), Fixtures.strategy("More.", Fixtures.recipe(1e-3, 50)), lab.disk))
                .isEqualTo(Forecast.UNKNOWN);
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
        Forecast forecast = Forecast.of(lab.store.study(id), lab.store.tree(id),
                Fixtures.strategy("More.", Fixtures.recipe(1e-3, 1_000)), lab.disk);
        assertThat(forecast.seconds()).isCloseTo(Laboratory.SECONDS_A_MEASUREMENT + 10, within(1e-9));
        assertThat(forecast.tokens()).as("one for each hundred examples in this laboratory").isCloseTo(10, within(1e-9));
        assertThat(forecast.price()).isCloseTo(0.12, within(1e-9));
        assertThat(forecast.fits()).isTrue();
        assertThat(forecast.secondsLeft()).isBetween(700.0, 1_000.0);
        assertThat(forecast.tokensLeft()).isBetween(60.0, 80.0);
    }

    private StudyResult result(StudyId id) {
        return Objects.requireNonNull(lab.store.study(id).result());
    }
}
