package trex.bench.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import trex.bench.BenchRow;
import trex.bench.Mean;
import trex.model.Answer;
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
        List<Map<String, Answer>> own = new ArrayList<>();
        List<Map<String, Answer>> others = new ArrayList<>();
        for (int seed = 0; seed < all(contender).size(); seed++) {
            if (all(contender).get(seed) instanceof StudyOutcome.Ended(StudyFigures other)
                    && all(ours()).get(seed) instanceof StudyOutcome.Ended(StudyFigures mine)) {
                own.add(mine.answers());
                others.add(other.answers());
            }
        }
        PairedDifference.of(own, others).ifPresent(d -> rows.add(BenchRow.of(
                task.name() + ", " + ours().name() + " less " + contender.name() + ", right on test", d.mean(),
                String.format(Locale.ROOT, "share ± %.3f", d.standardError()))));
    }

    /// Seconds until each seed's search had what the default recipe of that seed came to.
    private BenchRow reached(StudyContender contender) {
        double sum = 0;
        int reached = 0;
        int asked = 0;
        boolean learnt = false;
        for (int seed = 0; seed < all(contender).size(); seed++) {
            if (all(contender).get(seed) instanceof StudyOutcome.Ended(StudyFigures own)
                    && all(StudyContender.DEFAULT_RECIPE).get(seed) instanceof StudyOutcome.Ended(StudyFigures usual)) {
                OptionalDouble seconds = own.secondsTo(usual.validation());
                sum += seconds.orElse(0);
                reached += seconds.isPresent() ? 1 : 0;
                asked++;
                learnt |= usual.beatsBaseline();
            }
        }
        String name = task.name() + ", " + contender.name() + ", until the default recipe's validation score"
                + (learnt ? "" : " (no better than the untouched model's)");
        return reached == 0
                ? BenchRow.of(name, seconds(contender), "s, never reached")
                : BenchRow.of(name, sum / reached, "s (" + reached + " of " + asked + " seeds)");
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
