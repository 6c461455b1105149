package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.data.MissionFile;
import trex.fetch.Places;
import trex.loop.Preparation;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.Mission;
import trex.model.Optimization;
import trex.model.Recipe;
import trex.model.RunEvent;

/// Estimates of the embedded task of dates, beside what its training then takes.
@Tag("slow")
class EstimatorTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final WorkerSettings SETTINGS = new WorkerSettings(1, false, 256);

    @TempDir Path home;
    private Places places;
    private Mission mission;

    @BeforeEach
    void read() throws Exception {
        TinyStudy.assumeModel();
        places = Places.of(home, ROOT, Map.of());
        mission = MissionFile.read(ROOT.resolve("ft-bench/dates/task.json"));
    }

    @Test
    void anEstimateIsNearWhatIsThenMeasuredAndCostsNothingTheSecondTime() throws Exception {
        Recipe recipe = mission.start();
        Estimator.Verified verified = new Estimator(places, SETTINGS).verify(mission, recipe, _ -> {});
        Estimate estimate = verified.estimate();
        assertThat(estimate.rehearsal()).isPositive();
        assertThat(children(home.resolve("studies"))).as("nothing is left behind").isEmpty();
        assertThat(estimate.examples()).isEqualTo(verified.measured().examples());
        double time = estimate.seconds() / verified.measured().seconds();
        double memory = estimate.memory() / (double) verified.measured().peakBytes();
        assertThat(memory).isBetween(0.75, 1.25);
        assertThat(time).as("a busy machine changes its pace").isBetween(0.2, 5.0);

        Optimization twice = new Optimization(1e-4, recipe.optimization().epochs() * 2,
                recipe.optimization().batchSize(), recipe.optimization().accumulation(), 0,
                recipe.optimization().schedule(), 0, 1);
        Estimate longer = new Estimator(places, SETTINGS).of(mission, recipe.withOptimization(twice), _ -> {});
        assertThat(longer.rehearsal()).isZero();
        assertThat(longer.training()).isGreaterThan(1.9 * estimate.training());
    }

    @Test
    void frozenLayersThatWillBeRunOnceAreRehearsedSo() throws Exception {
        Recipe start = mission.start().withData(mission.start().data().withExamples(2_000));
        Recipe twice = start.withMethod(start.method().withFrozenLayers(2))
                .withOptimization(start.optimization().withEpochs(2));
        List<RunEvent> said = Collections.synchronizedList(new ArrayList<>());
        Estimator.Verified verified = new Estimator(places, SETTINGS).verify(mission, twice, said::add);
        assertThat(said).anyMatch(event -> event instanceof RunEvent.Phase(String text, _)
                && text.equals("running the frozen layers once"));
        assertThat(verified.estimate().memory() / (double) verified.measured().peakBytes()).isBetween(0.75, 1.25);
        assertThat(verified.estimate().examples()).isEqualTo(verified.measured().examples());
        Recipe written = twice.withData(new DataRecipe(
                List.of(new DataOperator.Sample(2_000), new DataOperator.GenerateRows(500, "more"))));
        Estimate more = new Estimator(places, SETTINGS).of(mission, written, _ -> {});
        assertThat(more.examples()).as("as many more as are written").isEqualTo(2 * 2_500);
    }

    @Test
    void aModelThatIsNotThereIsNamed() {
        Mission missing = new Mission(mission.name(), mission.goal(), home.resolve("nowhere.gguf").toString(),
                mission.data(), mission.metric(), mission.budget(), mission.space(), mission.start(), mission.seed());
        assertThatThrownBy(() -> new Estimator(places, SETTINGS).of(missing, missing.start(), _ -> {}))
                .isInstanceOf(Preparation.Unprepared.class)
                .hasMessageContaining("nowhere.gguf");
    }

    private static List<Path> children(Path folder) throws Exception {
        try (var entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
