package trex.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trex.bench.Bench;

/// The search ablation in small: on every suite the default must beat blind search, with the same
/// number of trainings.
class AblationTest {
    private static final int EVALUATIONS = 25;

    private static void assertDefaultBeatsBlindSearch(List<Problem> problems, int seeds) throws InterruptedException {
        var ablation = new Ablation(List.of(new Ablation.Suite("suite", problems, seeds)), EVALUATIONS);
        double ours = ablation.run(Contenders.DEFAULT).at(EVALUATIONS).value();
        assertThat(ours).isLessThan(ablation.run(Contenders.RANDOM).at(EVALUATIONS).value());
        assertThat(ours).isLessThan(ablation.run(Contenders.BLIND_GREEDY).at(EVALUATIONS).value());
    }

    @Test
    void theDefaultBeatsBlindSearchOnMadeUpAdapterTunings() throws InterruptedException {
        assertDefaultBeatsBlindSearch(AdapterSurface.problems().subList(0, 8), 2);
    }

    @Test
    void theDefaultBeatsBlindSearchOnLcBench() throws Bench.Unmeasured, InterruptedException {
        List<Problem> problems = new LcBench(new Surrogates(new MirroredFiles())).problems();
        assertDefaultBeatsBlindSearch(problems.subList(0, 8), 2);
    }

    @Test
    void theDefaultBeatsBlindSearchOnMixturesOfPretrainingData() throws Bench.Unmeasured, InterruptedException {
        assertDefaultBeatsBlindSearch(List.of(new RegMix(new Surrogates(new MirroredFiles())).problem()), 12);
    }

    @Test
    void theDefaultBeatsBlindSearchOnRealTrainings() throws Bench.Unmeasured, InterruptedException {
        assertDefaultBeatsBlindSearch(List.of(new PeftRuns(new Surrogates(new MirroredFiles())).problem()), 12);
    }

    @Test
    void everyContenderSearchesWithoutRepeatingItself() {
        Problem problem = AdapterSurface.problems().getFirst();
        for (Contender contender : Contenders.all()) {
            double[] regrets = new Simulation(problem, contender, 3).regrets(12);
            assertThat(regrets).as(contender.name()).hasSize(12).doesNotContain(Double.NaN);
            assertThat(new Simulation(problem, contender, 3).regrets(12)).as("the same seed").isEqualTo(regrets);
        }
    }
}
