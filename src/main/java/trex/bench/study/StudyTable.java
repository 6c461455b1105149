package trex.bench.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import trex.bench.BenchRow;
import trex.bench.Mean;
import trex.model.Mission;

/// The rows of one task.
///
/// @param outcomes of each contender, a seed a study, in the same order of seeds for all
record StudyTable(Mission task, Map<StudyContender, List<StudyOutcome>> outcomes) {
    List<BenchRow> rows() {
        List<BenchRow> rows = new ArrayList<>();
        outcomes.keySet().forEach(c -> rows.add(test(c)));
        outcomes.keySet().stream().filter(c -> !c.equals(ours())).forEach(c -> difference(rows, c));
        outcomes.keySet().stream().filter(c -> !figures(c).isEmpty()).forEach(c -> rows.add(reached(c)));
        outcomes.keySet().stream().filter(c -> !figures(c).isEmpty()).forEach(c -> rows.add(spent(c)));
        return rows;
    }

    private static StudyContender ours() {
        return StudyContender.searches().getFirst();
    }

    private List<StudyOutcome> all(StudyContender contender) {
        return Objects.requireNonNull(outcomes.get(contender), contender.name());
    }

    private List<StudyFigures> figures(StudyContender contender) {
        return all(contender).stream()
                .filter(StudyOutcome.Ended.class::isInstance)
                .map(o -> ((StudyOutcome.Ended) o).figures())
                .toList();
    }

    private BenchRow test(StudyContender contender) {
        List<StudyFigures> seeds = figures(contender);
        String name = task.name() + ", " + contender.name() + ", test" + broken(contender);
        if (seeds.isEmpty()) {
            return BenchRow.of(name, 0, "studies ended");
        }
        Mean mean = StudyFigures.mean(seeds);
        BenchRow row = BenchRow.of(name, mean.value(),
                String.format(Locale.ROOT, "%s ± %.3f", task.metric().id(), mean.error()));
        List<StudyFigures> usual = figures(StudyContender.DEFAULT_RECIPE);
        double control = usual.isEmpty() ? 0 : StudyFigures.mean(usual).value();
        return control > 0 ? row.against(control) : row;
    }

    /// As in " (1 of 2 studies failed: the disk is full)".
    private String broken(StudyContender contender) {
        List<String> reasons = all(contender).stream()
                .filter(StudyOutcome.Broken.class::isInstance)
                .map(o -> ((StudyOutcome.Broken) o).reason())
                .toList();
        return reasons.isEmpty()
                ? ""
                : " (" + reasons.size() + " of " + all(contender).size() + " studies failed: "
                        + String.join("; ", reasons.stream().distinct().toList()) + ")";
    }

    private void difference(List<BenchRow> rows, StudyContender contender) {
        List<Pair> pairs = pairs(ours(), contender);
        PairedDifference.of(pairs.stream().map(p -> p.one.answers()).toList(), pairs.stream().map(p -> p.other.answers()).toList())
                .ifPresent(d -> rows.add(BenchRow.of(
                        task.name() + ", " + ours().name() + " less " + contender.name() + ", right on test", d.mean(),
                        String.format(Locale.ROOT, "share ± %.3f", d.standardError()))));
    }

    /// Seconds until each seed's search had what the default recipe of that seed came to.
    private BenchRow reached(StudyContender contender) {
        List<Pair> pairs = pairs(contender, StudyContender.DEFAULT_RECIPE);
        double[] seconds = pairs.stream()
                .flatMapToDouble(p -> p.one.secondsTo(p.other.validation()).stream())
                .toArray();
        boolean learnt = pairs.stream().anyMatch(p -> p.other.beatsBaseline());
        String name = task.name() + ", " + contender.name() + ", until the default recipe's validation score"
                + (learnt ? "" : " (no better than the untouched model's)");
        return seconds.length == 0
                ? BenchRow.of(name, seconds(contender), "s, never reached")
                : BenchRow.of(name, Mean.of(seconds).value(), "s (" + seconds.length + " of " + pairs.size() + " seeds)");
    }

    /// What two contenders came to with the same seed.
    private record Pair(StudyFigures one, StudyFigures other) {}

    /// Of the seeds with which both have a result.
    private List<Pair> pairs(StudyContender one, StudyContender other) {
        List<Pair> pairs = new ArrayList<>();
        for (int seed = 0; seed < all(one).size(); seed++) {
            if (all(one).get(seed) instanceof StudyOutcome.Ended(StudyFigures first)
                    && all(other).get(seed) instanceof StudyOutcome.Ended(StudyFigures second)) {
                pairs.add(new Pair(first, second));
            }
        }
        return pairs;
    }

    private BenchRow spent(StudyContender contender) {
        double rounds = figures(contender).stream().mapToInt(StudyFigures::rounds).average().orElse(0);
        return BenchRow.of(task.name() + ", " + contender.name() + ", spent in all", seconds(contender),
                String.format(Locale.ROOT, "s (%.1f rounds)", rounds));
    }

    private double seconds(StudyContender contender) {
        return figures(contender).stream().mapToDouble(StudyFigures::seconds).average().orElse(0);
    }
}
