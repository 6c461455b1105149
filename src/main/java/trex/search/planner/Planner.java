package trex.search.planner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Proposes points: draws candidates, makes them feasible, and picks one by a [Screen].
///
/// @param candidates how many are drawn for one proposal, at least 1
public record Planner(Space space, Screen screen, int candidates) {
    /// Observations below which nothing can be screened.
    private static final int LEAST_OBSERVATIONS = 4;
    /// Most dimensions of an edit.
    private static final int MOST_EDITS = 3;
    /// Candidates of a point that fills the space.
    private static final int FILLING = 64;

    public Planner {
        if (candidates < 1) {
            throw new IllegalArgumentException("candidates must be at least 1, got " + candidates);
        }
    }

    /// The feasible point next to a wanted one, or nothing where there is none: rounding, bounds,
    /// and what has been tried or refused already.
    public interface Feasible extends Function<Point, Optional<Point>> {}

    /// A point that differs from `parent` in one to three dimensions.
    ///
    /// @return nothing where no candidate was feasible
    public Optional<Proposal> edit(History history, Point parent, Feasible feasible, Random random) {
        return pick(history, feasible, () -> space.edit(parent, 1 + random.nextInt(MOST_EDITS), random), parent);
    }

    /// A point anywhere: half of the candidates evenly drawn, half around the best so far.
    ///
    /// @return nothing where no candidate was feasible
    public Optional<Proposal> draft(History history, Feasible feasible, Random random) {
        Optional<Point> best = history.observed().stream()
                .max(Comparator.comparingDouble(History.Observation::value))
                .map(History.Observation::point);
        return pick(history, feasible, () -> best.isEmpty() || random.nextBoolean()
                ? space.random(random)
                : space.edit(best.get(), space.size(), random), null);
    }

    /// The point of many that is farthest from all that was tried: fills the space.
    ///
    /// @return nothing where no candidate was feasible
    public Optional<Proposal> fill(History history, Feasible feasible, Random random) {
        List<Point> known = history.points();
        double[] unit = new double[space.size()];
        java.util.Arrays.fill(unit, 1);
        return feasible(feasible, () -> space.random(random), FILLING).stream()
                .max(Comparator.comparingDouble(p -> known.stream()
                        .mapToDouble(k -> space.squaredDistance(p, k, unit))
                        .min()
                        .orElse(0)))
                .map(p -> new Proposal(p, null));
    }

    /// @param parent what an edit departs from; null for a draft
    private Optional<Proposal> pick(History history, Feasible feasible, Supplier<Point> draw, @Nullable Point parent) {
        boolean blind = screen == Screen.BLIND || history.observed().size() < LEAST_OBSERVATIONS;
        List<Point> drawn = feasible(feasible, draw, blind ? 1 : candidates);
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        if (blind) {
            return Optional.of(new Proposal(drawn.getFirst(), null));
        }
        return switch (screen) {
            case BLIND -> Optional.of(new Proposal(drawn.getFirst(), null));
            case PARZEN -> {
                ParzenEstimator estimator = new ParzenEstimator(space, history);
                yield drawn.stream()
                        .max(Comparator.comparingDouble(estimator::ratio))
                        .map(p -> new Proposal(p, null));
            }
            case EXPECTED_IMPROVEMENT -> Optional.of(mostImproving(history, drawn, parent));
        };
    }

    private static List<Point> feasible(Feasible feasible, Supplier<Point> draw, int count) {
        List<Point> drawn = new ArrayList<>();
        for (int i = 0; i < 20 * count && drawn.size() < count; i++) {
            feasible.apply(draw.get()).filter(p -> !drawn.contains(p)).ifPresent(drawn::add);
        }
        return drawn;
    }

    private Proposal mostImproving(History history, List<Point> drawn, @Nullable Point parent) {
        GaussianProcess process = GaussianProcess.fit(space, history.withFailuresAsWorst());
        for (Point pending : history.pending()) {
            process = process.believing(pending);
        }
        double incumbent = process.incumbent();
        Point best = drawn.getFirst();
        double most = -1;
        for (Point point : drawn) {
            double improvement = process.predict(point).expectedImprovement(incumbent);
            if (improvement > most) {
                most = improvement;
                best = point;
            }
        }
        return new Proposal(best, new Proposal.Forecast(process.predict(best), incumbent, most, process.noise(),
                parent == null ? List.of() : moves(process, parent, best)));
    }

    private List<Proposal.Moved> moves(GaussianProcess process, Point parent, Point point) {
        double before = process.mean(parent);
        return IntStream.range(0, space.size())
                .filter(d -> point.get(d) != parent.get(d))
                .mapToObj(d -> new Proposal.Moved(space.dimensions().get(d).name(),
                        process.mean(parent.with(d, point.get(d))) - before))
                .sorted(Comparator.comparingDouble(Proposal.Moved::gain).reversed())
                .toList();
    }
}
