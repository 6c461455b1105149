package trex.bench.estimate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.bench.Extent;
import trex.data.BadMission;
import trex.data.MissionFile;
import trex.executor.Estimator;
import trex.loop.Preparation;
import trex.model.GradientCheckpointing;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Mission;
import trex.model.Optimizer;
import trex.model.Recipe;
import trex.model.Selection;

/// Estimates trainings, carries them out, and compares: of the embedded model, and where asked by
/// `--tasks dates,sst2` of one that has to be there.
public final class EstimateBench implements Bench {
    private static final double MEMORY_PERCENT = 10;
    private static final double TIME_PERCENT = 25;
    private static final double MEBI = 1 << 20;
    private static final int FEW = 256;

    private static final List<String> USUAL = List.of("dates");

    private final Estimator estimator;
    private final Path folder;
    private final List<String> tasks;

    /// @param folder the folder `ft-bench`
    public EstimateBench(Estimator estimator, Path folder) {
        this(estimator, folder, USUAL);
    }

    private EstimateBench(Estimator estimator, Path folder, List<String> tasks) {
        this.estimator = estimator;
        this.folder = folder;
        this.tasks = tasks;
    }

    @Override
    public Bench of(Extent extent) throws Unmeasured {
        extent.refuseAllBut(name(), "--tasks");
        return extent.tasks().isEmpty() ? this : new EstimateBench(estimator, folder, extent.tasks());
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
        for (String task : tasks) {
            Mission mission = mission(task);
            Map<String, Recipe> recipes = task.equals("sst2") ? ofLarge(mission.start()) : ofSmall(mission.start());
            for (Map.Entry<String, Recipe> entry : recipes.entrySet()) {
                String name = task + ", " + entry.getKey();
                progress.accept("estimating and training " + name);
                rows.addAll(compare(name, mission, entry.getValue()));
            }
        }
        return rows;
    }

    /// Recipes that differ in all that decides time and memory.
    private static Map<String, Recipe> ofSmall(Recipe start) {
        Recipe lora = start.withMethod(new Method.Lora(8, 16, LoraTargets.ALL_LINEAR));
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        recipes.put("start", start);
        recipes.put("lora r8", lora);
        recipes.put("lora r8, 500 examples, mean of 3 of 4 validations",
                lora.withData(lora.data().withExamples(500)).withValidations(4).withSelection(new Selection(0, 3)));
        recipes.put("full by adafactor, recomputed", start.withMethod(new Method.Full())
                .withOptimization(start.optimization().withOptimizer(Optimizer.ADAFACTOR))
                .withGradientCheckpointing(GradientCheckpointing.ON));
        return recipes;
    }

    /// Short ones: a step takes a second or more.
    private static Map<String, Recipe> ofLarge(Recipe start) {
        Recipe few = start.withData(start.data().withExamples(FEW));
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        recipes.put("lora, " + FEW + " examples", few);
        recipes.put("full, " + FEW + " examples", few.withMethod(new Method.Full()));
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
            return MissionFile.read(folder.resolve(task).resolve("task.json"));
        } catch (BadMission e) {
            throw new Unmeasured(String.valueOf(e.getMessage()), e);
        }
    }
}
