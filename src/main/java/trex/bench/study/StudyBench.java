package trex.bench.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.bench.Extent;
import trex.loop.Studies;
import trex.loop.StudyControl;
import trex.loop.StudyEvent;
import trex.loop.StudyEvent.Level;
import trex.model.Mission;
import trex.model.NodeId;
import trex.model.Recipe;
import trex.model.ResearchDirection;
import trex.model.Score;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyResult;

/// Whole studies with everything real, by the default search and by published ones, with the same
/// seeds and the same seconds each, beside one training by PEFT's default recipe. The studies stay in
/// the home folder.
public final class StudyBench implements Bench {
    private static final int SECONDS = 60;
    private static final int SEEDS = 1;
    private static final List<String> TASKS = List.of("dates", "mood", "units");

    private final Homes homes;
    private final Path root;
    private final Extent extent;

    /// @param root folder of the program's own files
    public StudyBench(Homes homes, Path root) {
        this(homes, root, Extent.USUAL);
    }

    private StudyBench(Homes homes, Path root, Extent extent) {
        this.homes = homes;
        this.root = root;
        this.extent = extent;
    }

    /// Opens the home folder.
    @FunctionalInterface
    public interface Homes {
        Studies open() throws Studies.Refused;
    }

    @Override
    public String name() {
        return "study";
    }

    @Override
    public String description() {
        return "Whole studies by several searches in the same seconds, beside PEFT's default recipe.";
    }

    @Override
    public Bench of(Extent chosen) {
        return new StudyBench(homes, root, chosen);
    }

    @Override
    public List<BenchRow> run(Consumer<String> progress) throws Unmeasured, InterruptedException {
        List<BenchRow> rows = new ArrayList<>();
        try (Studies studies = homes.open()) {
            for (String task : extent.tasks().isEmpty() ? TASKS : extent.tasks()) {
                rows.addAll(task(studies, studies.readMission(root.resolve("ft-bench").resolve(task).resolve("task.json")),
                        progress));
            }
        } catch (Studies.Refused e) {
            throw new Unmeasured(String.valueOf(e.getMessage()), e);
        }
        return rows;
    }

    private List<BenchRow> task(Studies studies, Mission task, Consumer<String> progress)
            throws Studies.Refused, Unmeasured, InterruptedException {
        int seconds = extent.seconds() == null ? SECONDS : extent.seconds();
        int seeds = extent.seeds() == null ? SEEDS : extent.seeds();
        Map<StudyContender, List<StudyFigures>> figures = new LinkedHashMap<>();
        List<StudyContender> all = new ArrayList<>(StudyContender.searches());
        all.addFirst(StudyContender.DEFAULT_RECIPE);
        for (int seed = 1; seed <= seeds; seed++) {
            for (StudyContender contender : all) {
                StudyFigures found = study(studies, contender, contender.mission(task, seconds, seed));
                figures.computeIfAbsent(contender, _ -> new ArrayList<>()).add(found);
                progress.accept(String.format(Locale.ROOT, "%s, seed %d, %s: test %.3f ± %.3f, %d rounds, %.0f s",
                        task.name(), seed, contender.name(), found.test().value(), found.test().standardError(),
                        found.rounds(), found.seconds()));
            }
        }
        return rows(task, figures);
    }

    private static StudyFigures study(Studies studies, StudyContender contender, Mission mission)
            throws Studies.Refused, Unmeasured, InterruptedException {
        AtomicReference<String> fault = new AtomicReference<>("it ended without a result");
        CompletableFuture<StudyControl> going = new CompletableFuture<>();
        StudyControl control = studies.start(mission, contender.settings(), event -> {
            if (event instanceof StudyEvent.Message(Level level, String text) && level == Level.ERROR) {
                fault.set(text);
            } else if (event instanceof StudyEvent.AwaitingVerdict) {
                instead(going, StudyContender.defaultRecipe(mission));
            }
        });
        going.complete(control);
        try {
            control.await();
        } catch (InterruptedException e) {
            control.stop();
            control.await();
            throw e;
        }
        return figures(studies, control, contender, String.valueOf(fault.get()));
    }

    /// The one round goes to this recipe and not to the proposal. The study may ask before its start
    /// has returned.
    private static void instead(CompletableFuture<StudyControl> going, Recipe recipe) {
        going.thenAcceptAsync(control -> control.propose(NodeId.BASELINE, new Strategy(
                ResearchDirection.ADJUST_TRAINING, "What PEFT does where nothing is said.", List.of(), List.of(recipe), "bench")));
    }

    private static StudyFigures figures(Studies studies, StudyControl control, StudyContender contender, String fault)
            throws Unmeasured {
        Study study = studies.list().stream().filter(s -> s.id().equals(control.id())).findFirst().orElseThrow();
        StudyResult result = study.result();
        Score untouched = result == null ? null : result.baseline().test();
        if (result == null || untouched == null) {
            throw new Unmeasured("study " + study.id() + " (" + contender.name() + ") has no result: " + fault);
        }
        StudyResult.Best best = result.best();
        // A search that completed nothing hands back the model as it was.
        Score test = best == null || best.test() == null ? untouched : best.test();
        Score validation = best == null ? result.baseline().validation() : best.validation();
        return new StudyFigures(test, validation, result.completed(), result.seconds(), studies.tree(study.id()));
    }

    private static List<BenchRow> rows(Mission task, Map<StudyContender, List<StudyFigures>> figures) {
        List<BenchRow> rows = new ArrayList<>();
        List<StudyFigures> usual = Objects.requireNonNull(figures.get(StudyContender.DEFAULT_RECIPE));
        double control = StudyFigures.mean(usual);
        figures.forEach((contender, seeds) -> {
            String unit = String.format(Locale.ROOT, "%s ± %.3f", task.metric().id(), StudyFigures.standardError(seeds));
            BenchRow row = BenchRow.of(task.name() + ", " + contender.name() + ", test", StudyFigures.mean(seeds), unit);
            rows.add(control > 0 ? row.against(control) : row);
        });
        figures.forEach((contender, seeds) -> rows.addAll(reached(task, contender, seeds, usual)));
        return rows;
    }

    /// Seconds until each seed's search had what the default recipe of that seed came to.
    private static List<BenchRow> reached(
            Mission task, StudyContender contender, List<StudyFigures> seeds, List<StudyFigures> usual) {
        double sum = 0;
        int reached = 0;
        for (int i = 0; i < seeds.size(); i++) {
            OptionalDouble seconds = seeds.get(i).secondsTo(usual.get(i).validation());
            if (seconds.isPresent()) {
                sum += seconds.getAsDouble();
                reached++;
            }
        }
        boolean learnt = usual.stream().anyMatch(StudyFigures::beatsBaseline);
        String name = task.name() + ", " + contender.name() + ", until the default recipe's validation score"
                + (learnt ? "" : " (no better than the untouched model's)");
        return List.of(reached == 0
                ? BenchRow.of(name, seeds.stream().mapToDouble(StudyFigures::seconds).sum(), "s, never reached")
                : BenchRow.of(name, sum / reached, "s (" + reached + " of " + seeds.size() + " seeds)"));
    }
}
