package trex.search.pruner;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Stops a training whose best measurement is below the median of the others' best by the same
/// share of theirs (Golovin et al. 2017, Google Vizier), once enough is known. It needs no
/// comparable amounts of data or passes, and asks for no measurement that a recipe has not anyway:
/// the default.
public final class MedianRule implements Pruner {
    public static final String ID = "median";
    /// Share of a training before which nothing is judged.
    private static final double WARM_UP = 0.1;
    private static final int LEAST_OTHERS = 3;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> verdict(Curve own, List<Curve> others) {
        return own.latest()
                .filter(r -> r.share() >= WARM_UP && r.share() < 1)
                .flatMap(r -> verdict(own, r.share(), others));
    }

    private static Optional<String> verdict(Curve own, double share, List<Curve> others) {
        double[] peers = others.stream()
                .flatMap(c -> c.bestUpTo(share).stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        double best = own.bestUpTo(share).orElseThrow();
        if (peers.length < LEAST_OTHERS || best >= median(peers)) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT, "%.3f after %.0f %% is below %.3f, the median of %d others by then",
                Math.abs(best), 100 * share, Math.abs(median(peers)), peers.length));
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
