package trex.search.pruner;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Asynchronous successive halving (Li et al. 2020, arXiv 1810.05934), by the rule of Optuna: at
/// each rung a training goes on if it is among the best third of those that got there, and the
/// best of all while they are fewer than three.
///
/// Rungs are shares of a training, so the trainings should be of the same length.
public final class Asha implements Pruner {
    public static final String ID = "asha";
    private static final int REDUCTION = 3;
    private static final List<Double> RUNGS = List.of(0.45, 0.15, 0.05);

    @Override
    public String id() {
        return ID;
    }

    /// After a third, where the two lower rungs are judged, after two thirds, and at the end.
    @Override
    public int validations() {
        return 3;
    }

    @Override
    public Optional<String> verdict(Curve own, List<Curve> others) {
        return own.latest()
                .filter(r -> r.share() < 1)
                .flatMap(r -> rung(own, r).flatMap(rung -> verdict(r, rung, others)));
    }

    /// The highest rung that this measurement is the first to reach.
    private static Optional<Double> rung(Curve own, Curve.Reading latest) {
        return RUNGS.stream()
                .filter(rung -> own.firstFrom(rung).filter(latest::equals).isPresent())
                .findFirst();
    }

    private static Optional<String> verdict(Curve.Reading own, double rung, List<Curve> others) {
        List<Double> better = others.stream()
                .flatMap(c -> c.firstFrom(rung).stream())
                .map(Curve.Reading::value)
                .sorted(Comparator.reverseOrder())
                .toList();
        int kept = Math.max(1, (better.size() + 1) / REDUCTION);
        long ahead = better.stream().filter(v -> v > own.value()).count();
        if (ahead < kept) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT, "%.3f after %.0f %% is not among the best %d of %d there",
                Math.abs(own.value()), 100 * own.share(), kept, better.size() + 1));
    }
}
