package trex.bench.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.bench.Extent;
import trex.executor.Estimate;
import trex.loop.Preparation;
import trex.loop.Studies;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.NodeId;
import trex.model.Prepared;
import trex.model.Recipe;
import trex.model.ResearchDirection;
import trex.model.Run;
import trex.model.Score;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyResult;
import trex.search.CostModel;

/// Whole studies with everything real, by the default search and by published ones, with the same
/// seeds and the same seconds each, beside one training by PEFT's default recipe in those seconds. A
/// study that fails costs its own row only. The studies stay in the home folder.
public final class StudyBench implements Bench {
    private static final int SECONDS = 60;
    private static final int SEEDS = 1;
    private static final List<String> TASKS = List.of("dates", "mood", "units");
    private static final List<StudyContender> CONTENDERS =
            Stream.concat(Stream.of(StudyContender.DEFAULT_RECIPE), StudyContender.searches().stream()).toList();
    /// What the default recipe's speed is asked for; it hardly depends on the number.
    private static final int SOME_EXAMPLES = 1000;

    private final Homes homes;
    private final Estimates estimates;
    private final Path root;
    private final Extent extent;

    /// @param estimates tells how many examples the default recipe can take
    /// @param root folder of the program's own files
    public StudyBench(Homes homes, Estimates estimates, Path root) {
        this(homes, estimates, root, Extent.USUAL);
    }

    private StudyBench(Homes homes, Estimates estimates, Path root, Extent extent) {
        this.homes = homes;
        this.estimates = estimates;
        this.root = root;
        this.extent = extent;
    }

    /// Opens the home folder.
    @FunctionalInterface
    public interface Homes {
        Studies open() throws Studies.Refused;
    }

    /// What a training will take on this machine.
    @FunctionalInterface
    public interface Estimates {
        Estimate of(Mission mission, Recipe recipe) throws Preparation.Unprepared, InterruptedException;
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
    public Bench of(Extent chosen) throws Unmeasured {
        chosen.refuseAllBut(name(), "--seconds", "--tasks", "--seeds");
        return new StudyBench(homes, estimates, root, chosen);
    }

    @Override
    public List<BenchRow> run(Consumer<String> progress) throws Unmeasured, InterruptedException {
        Progress told = new Progress(progress, tasks().size() * seeds() * CONTENDERS.size());
        List<BenchRow> rows = new ArrayList<>();
        try (Studies studies = homes.open()) {
            List<Mission> missions = new ArrayList<>();
            for (String task : tasks()) {
                missions.add(studies.readMission(root.resolve("ft-bench").resolve(task).resolve("task.json")));
            }
            for (Mission mission : missions) {
                rows.addAll(task(studies, mission, told));
            }
        } catch (Studies.Refused e) {
            throw new Unmeasured(String.valueOf(e.getMessage()), e);
        }
        return rows;
    }

    private List<BenchRow> task(Studies studies, Mission task, Progress progress)
            throws Studies.Refused, InterruptedException {
        Map<StudyContender, List<StudyOutcome>> outcomes = new LinkedHashMap<>();
        CONTENDERS.forEach(c -> outcomes.put(c, new ArrayList<>()));
        for (int seed = 1; seed <= seeds(); seed++) {
            for (StudyContender contender : inTurn(seed)) {
                progress.begins(task, seed, contender);
                StudyOutcome outcome = outcome(studies, task, contender, seed);
                Objects.requireNonNull(outcomes.get(contender)).add(outcome);
                progress.ended(outcome);
            }
        }
        return new StudyTable(task, outcomes).rows();
    }

    /// Another one begins with each seed: what disturbs the machine for a while shall not always meet
    /// the same one.
    private static List<StudyContender> inTurn(int seed) {
        List<StudyContender> order = new ArrayList<>(CONTENDERS);
        Collections.rotate(order, 1 - seed);
        return order;
    }

    private StudyOutcome outcome(Studies studies, Mission task, StudyContender contender, int seed)
            throws InterruptedException {
        try {
            Mission mission = contender.mission(task, seconds(), seed);
            return contender.isSearch()
                    ? ended(studies, FollowedStudy.start(studies, mission, contender.settings(), false))
                    : defaultRecipe(studies, mission, contender);
        } catch (Studies.Refused | Preparation.Unprepared e) {
            return new StudyOutcome.Broken(String.valueOf(e.getMessage()));
        }
    }

    /// The one round goes to this recipe and not to the proposal.
    private StudyOutcome defaultRecipe(Studies studies, Mission mission, StudyContender contender)
            throws Studies.Refused, Preparation.Unprepared, InterruptedException {
        Recipe some = DefaultRecipe.of(mission, Math.min(SOME_EXAMPLES, mission.budget().examplesPerRound()));
        Estimate estimate = estimates.of(mission, some);
        FollowedStudy study = FollowedStudy.start(studies, mission, contender.settings(), true);
        if (study.asks()) {
            Prepared prepared = Objects.requireNonNull(stored(studies, study).prepared());
            int examples = DefaultRecipe.examplesIn(seconds(), CostModel.measurement(studies.tree(study.id())),
                    prepared.splits(), mission, estimate);
            study.instead(new Strategy(ResearchDirection.ADJUST_TRAINING, "What PEFT does where nothing is said.",
                    List.of(), List.of(DefaultRecipe.of(mission, examples)), "bench"));
        }
        return ended(studies, study);
    }

    private static StudyOutcome ended(Studies studies, FollowedStudy study) throws InterruptedException {
        study.await();
        StudyResult result = stored(studies, study).result();
        Score untouched = result == null ? null : result.baseline().test();
        if (result == null || untouched == null) {
            return new StudyOutcome.Broken("study " + study.id() + ": " + study.fault());
        }
        StudyResult.Best best = result.best();
        // A search that completed nothing hands back the model as it was.
        Score test = best == null || best.test() == null ? untouched : best.test();
        Score validation = best == null ? result.baseline().validation() : best.validation();
        ExperimentTree tree = studies.tree(study.id());
        Run opened = tree.node(best == null ? NodeId.BASELINE : best.node()).testRun();
        return new StudyOutcome.Ended(new StudyFigures(test, validation, result.completed(), result.seconds(), tree,
                opened == null ? Map.of() : studies.answers(study.id(), opened.id())));
    }

    private static Study stored(Studies studies, FollowedStudy study) {
        return studies.list().stream().filter(s -> s.id().equals(study.id())).findFirst().orElseThrow();
    }

    private int seconds() {
        return extent.seconds() == null ? SECONDS : extent.seconds();
    }

    private int seeds() {
        return extent.seeds() == null ? SEEDS : extent.seeds();
    }

    private List<String> tasks() {
        return extent.tasks().isEmpty() ? TASKS : extent.tasks();
    }

    /// Tells which of how many studies goes on.
    private static final class Progress {
        private final Consumer<String> out;
        private final int all;
        private int begun;

        Progress(Consumer<String> out, int all) {
            this.out = out;
            this.all = all;
        }

        void begins(Mission task, int seed, StudyContender contender) {
            begun++;
            out.accept("study " + begun + " of " + all + ": " + task.name() + ", seed " + seed + ", " + contender.name());
        }

        void ended(StudyOutcome outcome) {
            out.accept(switch (outcome) {
                case StudyOutcome.Ended(StudyFigures f) -> String.format(Locale.ROOT,
                        "  test %.3f ± %.3f, validation %.3f, %d rounds, %.0f s", f.test().value(),
                        f.test().standardError(), f.validation().value(), f.rounds(), f.seconds());
                case StudyOutcome.Broken(String reason) -> "  failed: " + reason;
            });
        }
    }
}
