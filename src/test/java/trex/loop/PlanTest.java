package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trex.model.Mission;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.Spending;
import trex.model.Strategy;
import trex.model.StudyId;
import trex.model.Work;

/// What several runs at a time are granted of one budget, while nothing is known of their cost.
class PlanTest {
    private static final long SECONDS = 1_000;
    private static final double FOR_ROUNDS = 850;

    private final Laboratory lab = new Laboratory();

    /// A study that has measured its baseline, at no cost, and has a queue of rounds.
    private StudyId study(Mission mission, int queued, int variants) {
        StudyId id = lab.create(mission);
        NodeId root = lab.store.open(id, null, Strategy.baseline(), null);
        lab.store.close(id, root, NodeState.COMPLETED, Fixtures.score(0.5), "");
        for (int round = 0; round < queued; round++) {
            int examples = 100 * (round + 1);
            Recipe[] recipes = IntStream.range(0, variants).mapToObj(v -> Fixtures.recipe(1e-3 * (v + 1), examples))
                    .toArray(Recipe[]::new);
            Strategy strategy = Fixtures.strategy("Round " + round + ".", recipes);
            lab.store.approve(id, lab.store.open(id, root, strategy, null), strategy);
        }
        return id;
    }

    private Plan plan(StudyId id, Mission mission, List<InFlight.Flight> flights, int most) {
        return new Plan(mission, Fixtures.prepared(), lab.store.tree(id), new Spending(0, 0, SECONDS),
                new InFlight(flights, most), false, _ -> Disk.Need.NONE);
    }

    /// Begins runs until the plan says to wait.
    ///
    /// @return the seconds that each is granted
    private List<Double> granted(int rounds, int queued, int variants, int most) {
        Mission mission = Fixtures.mission(rounds, SECONDS);
        StudyId id = study(mission, queued, variants);
        List<InFlight.Flight> flights = new ArrayList<>();
        while (plan(id, mission, flights, most).next() instanceof Step.TrainVariant step) {
            Run run = new Run(RunIds.variant(id, step.node().id(), step.variant()), step.node().id(), step.variant(),
                    new Work.Train(step.node().strategy().variants().get(step.variant())), null);
            lab.store.begin(id, run);
            flights.add(new InFlight.Flight(run, step.expected(), step.limit()));
        }
        return flights.stream().map(f -> f.limit().seconds()).toList();
    }

    @ParameterizedTest
    @CsvSource({"10, 10, 1, 1", "10, 10, 1, 2", "10, 10, 1, 3", "10, 10, 2, 4", "20, 20, 1, 8", "3, 3, 3, 8", "2, 2, 1, 4"})
    void allTogetherAreNeverGrantedMoreThanThereIs(int rounds, int queued, int variants, int most) {
        List<Double> granted = granted(rounds, queued, variants, most);
        assertThat(granted).hasSize(Math.min(most, queued * variants));
        assertThat(granted.stream().mapToDouble(s -> s).sum()).isLessThanOrEqualTo(SECONDS);
        assertThat(granted).as("none is left without").allMatch(seconds -> seconds > SECONDS / 50.0);
    }

    @Test
    void oneAtATimeIsGrantedAThirdOfWhatIsLeftForRounds() {
        assertThat(granted(10, 10, 1, 1)).containsExactly(FOR_ROUNDS / 3);
    }

    @Test
    void theOnlyRunOfTheLastRoundIsGrantedAllThatIsLeftForRounds() {
        assertThat(granted(1, 1, 1, 4)).containsExactly(FOR_ROUNDS);
    }

    @Test
    void theVariantsOfTheLastRoundShareWhatIsLeft() {
        assertThat(granted(1, 1, 3, 3)).hasSize(3).allSatisfy(s -> assertThat(s).isCloseTo(FOR_ROUNDS / 3, within(1e-9)));
    }

    @Test
    void theLastTwoRoundsSideBySideShareWhatIsLeft() {
        assertThat(granted(2, 2, 1, 2)).containsExactly(FOR_ROUNDS / 2, FOR_ROUNDS / 2);
    }

    @Test
    void roundsInFlightCountAgainstTheRounds() {
        assertThat(granted(2, 5, 1, 4)).as("a third round is not begun").hasSize(2);
    }
}
