package trex.bench.estimate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.data.BadMission;
import trex.data.MissionFile;
import trex.executor.Estimator;
import trex.loop.Preparation;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Mission;
import trex.model.Recipe;

/// Estimates trainings of the embedded model, carries them out, and compares.
public final class EstimateBench implements Bench {
    private static final double MEMORY_PERCENT = 10;
    private static final double TIME_PERCENT = 25;
    private static final double MEBI = 1 << 20;

    private final Estimator estimator;
    private final Path tasks;

    /// @param tasks the folder `ft-bench`
    public EstimateBench(Estimator estimator, Path tasks) {
        this.estimator = estimator;
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "estimate";
    }

    @Override
    public String description() {
        return "Estimates of time and memory beside what the trainings then take.";
    }

    @Override
    public List<BenchRow> run(Consumer<String> progress) throws Unmeasured, InterruptedException {
        List<BenchRow> rows = new ArrayList<>();
        Mission mission = mission("dates");
        for (Map.Entry<String, Recipe> entry : recipes(mission).entrySet()) {
            progress.accept("estimating and training " + entry.getKey());
            rows.addAll(compare(entry.getKey(), mission, entry.getValue()));
        }
        return rows;
    }

    /// Recipes that differ in all that decides time and memory.
    private static Map<String, Recipe> recipes(Mission mission) {
        Recipe start = mission.start();
        Recipe lora = start.withMethod(new Method.Lora(8, 16, LoraTargets.ALL_LINEAR));
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        recipes.put("dates, start", start);
        recipes.put("dates, lora r8", lora);
        recipes.put("dates, lora r8, 500 examples", lora.withData(lora.data().withExamples(500)));
        return recipes;
    }

    private List<BenchRow> compare(String name, Mission mission, Recipe recipe)
            throws Unmeasured, InterruptedException {
        try {
            Estimator.Verified verified = estimator.verify(mission, recipe, _ -> {});
            double estimated = verified.estimate().seconds();
            double measured = verified.measured().seconds();
            double memory = verified.estimate().memory() / MEBI;
            double peak = verified.measured().peakBytes() / MEBI;
            return List.of(
                    BenchRow.of(name + ", time", estimated, "s").against(measured),
                    BenchRow.of(name + ", error of the time", percent(estimated, measured), "%")
                            .wantsAtMost(TIME_PERCENT),
                    BenchRow.of(name + ", peak memory", memory, "MiB").against(peak),
                    BenchRow.of(name + ", error of the memory", percent(memory, peak), "%")
                            .wantsAtMost(MEMORY_PERCENT));
        } catch (Preparation.Unprepared e) {
            throw new Unmeasured(String.valueOf(e.getMessage()), e);
        }
    }

    private static double percent(double estimated, double measured) {
        return 100 * Math.abs(estimated / measured - 1);
    }

    private Mission mission(String task) throws Unmeasured {
        try {
            return MissionFile.read(tasks.resolve(task).resolve("task.json"));
        } catch (BadMission e) {
            throw new Unmeasured(String.valueOf(e.getMessage()), e);
        }
    }
}
