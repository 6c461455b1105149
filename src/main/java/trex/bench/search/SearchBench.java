package trex.bench.search;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.bench.Mean;

/// The search ablation: how far the recipe that a search chooses is from the best one, on surrogates
/// of real trainings and on made-up ones. Regret 0 is the best recipe known, 1 the median of those
/// drawn at random. Seeds are fixed: the regrets are the same on every machine.
public final class SearchBench implements Bench {
    private static final int FEW = 10;
    private static final int MANY = 40;
    private static final double GOAL_FEW = 0.29;
    private static final double GOAL_MANY = 0.15;
    private static final double GOAL_AGAINST_CONTROLS = 0.75;
    private static final double GOAL_SECONDS = 180;

    private final PublicFiles files;

    /// @param files where the surrogates' public files come from
    public SearchBench(PublicFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public String description() {
        return "Search policies against published ones, on surrogates of real trainings.";
    }

    @Override
    public List<BenchRow> run(Consumer<String> progress) throws Unmeasured, InterruptedException {
        Instant begun = Instant.now();
        progress.accept("reading the surrogates and finding the best recipe of each");
        Ablation ablation = new Ablation(suites(), MANY);
        Map<Contender, Ablation.Outcome> outcomes = new LinkedHashMap<>();
        for (Contender contender : Contenders.all()) {
            progress.accept("searching by " + contender.name());
            outcomes.put(contender, ablation.run(contender));
        }
        List<BenchRow> rows = new ArrayList<>(rows(ablation, outcomes));
        rows.add(BenchRow.of("the whole ablation", Duration.between(begun, Instant.now()).toMillis() / 1000.0, "s")
                .wantsAtMost(GOAL_SECONDS));
        ProcessHandle.current().info().totalCpuDuration().ifPresent(processor ->
                rows.add(BenchRow.of("the whole ablation, processor", processor.toMillis() / 1000.0, "s")));
        return rows;
    }

    private List<Ablation.Suite> suites() throws Unmeasured, InterruptedException {
        Surrogates surrogates = new Surrogates(files);
        return List.of(
                new Ablation.Suite("LCBench", new LcBench(surrogates).problems(), 3),
                new Ablation.Suite("RegMix", List.of(new RegMix(surrogates).problem()), 60),
                new Ablation.Suite("PEFT", List.of(new PeftRuns(surrogates).problem()), 60),
                new Ablation.Suite("adapters", AdapterSurface.problems(), 3));
    }

    private static List<BenchRow> rows(Ablation ablation, Map<Contender, Ablation.Outcome> outcomes) {
        Ablation.Outcome ours = Objects.requireNonNull(outcomes.get(Contenders.DEFAULT));
        Contender best = Contenders.controls().stream()
                .min(Comparator.comparingDouble(c -> Objects.requireNonNull(outcomes.get(c)).at(MANY).value()))
                .orElseThrow();
        List<BenchRow> rows = new ArrayList<>();
        rows.add(row(Contenders.DEFAULT, FEW, ours.at(FEW)).wantsAtMost(GOAL_FEW));
        rows.add(row(Contenders.DEFAULT, MANY, ours.at(MANY)).wantsAtMost(GOAL_MANY));
        rows.add(row(Contenders.DEFAULT, MANY, ours.at(MANY), " against " + best.name())
                .against(Objects.requireNonNull(outcomes.get(best)).at(MANY).value())
                .wantsRatioAtMost(GOAL_AGAINST_CONTROLS));
        for (Ablation.Suite suite : ablation.suites()) {
            rows.add(row(Contenders.DEFAULT, FEW, ours.at(suite.name(), FEW), ", " + suite.name()));
            rows.add(row(Contenders.DEFAULT, MANY, ours.at(suite.name(), MANY), ", " + suite.name()));
        }
        outcomes.forEach((contender, outcome) -> {
            if (!contender.equals(Contenders.DEFAULT)) {
                rows.add(row(contender, FEW, outcome.at(FEW)));
                rows.add(row(contender, MANY, outcome.at(MANY)));
                rows.add(row(contender, MANY, outcome.minus(ours, MANY), ", above the default's"));
            }
        });
        return rows;
    }

    private static BenchRow row(Contender contender, int evaluations, Mean mean) {
        return row(contender, evaluations, mean, "");
    }

    private static BenchRow row(Contender contender, int evaluations, Mean mean, String of) {
        return BenchRow.of(contender.name() + " @" + evaluations + of, mean.value(),
                String.format(Locale.ROOT, "regret ± %.3f", mean.halfWidth()));
    }
}
