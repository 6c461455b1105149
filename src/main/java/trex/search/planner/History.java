package trex.search.planner;

import java.util.List;

/// What has been tried in a space.
///
/// @param observed points with their values, higher is better
/// @param failed points that gave no value
/// @param pending points that are still being tried
public record History(List<Observation> observed, List<Point> failed, List<Point> pending) {
    public static final History EMPTY = new History(List.of(), List.of(), List.of());

    public History {
        observed = List.copyOf(observed);
        failed = List.copyOf(failed);
        pending = List.copyOf(pending);
    }

    /// A point and its value, higher is better.
    public record Observation(Point point, double value) {
        public Observation {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("an observation must be finite, got " + value);
            }
        }
    }

    public History withPending(Point point) {
        List<Point> more = new java.util.ArrayList<>(pending);
        more.add(point);
        return new History(observed, failed, more);
    }

    /// All points: observed, failed and pending.
    public List<Point> points() {
        List<Point> all = new java.util.ArrayList<>(observed.stream().map(Observation::point).toList());
        all.addAll(failed);
        all.addAll(pending);
        return all;
    }

    /// All observations, failures entered as the worst value seen.
    List<Observation> withFailuresAsWorst() {
        double worst = observed.stream().mapToDouble(Observation::value).min().orElse(0);
        List<Observation> all = new java.util.ArrayList<>(observed);
        failed.forEach(p -> all.add(new Observation(p, worst)));
        return all;
    }
}
