package trex.bench.search;

import java.util.List;
import trex.search.planner.Planner;
import trex.search.planner.Point;
import trex.search.planner.Space;

/// Something to optimise whose truth is known.
///
/// @param best best known true value
/// @param ordinary true value of the median point drawn at random
/// @param drafts first recipes from what other problems taught, the best first; may be empty
record Problem(String name, Landscape landscape, double best, double ordinary, List<Point> drafts) {
    /// Standard deviation of an observation, as a share of the way from ordinary to best.
    static final double NOISE = 0.1;

    Problem {
        drafts = List.copyOf(drafts);
        if (!(best > ordinary)) {
            throw new IllegalArgumentException(name + ": best " + best + " is not above ordinary " + ordinary);
        }
    }

    /// The function behind a problem, higher is better.
    interface Landscape {
        Space space();

        /// Not a number where the training diverges.
        double value(Point point);

        /// Makes a wanted point one that can be had.
        default Planner.Feasible feasible() {
            return java.util.Optional::of;
        }
    }

    Problem withDrafts(List<Point> changed) {
        return new Problem(name, landscape, best, ordinary, changed);
    }

    /// 0 for the best known, 1 for the median random point; may leave `0..1`.
    double regret(double value) {
        return (best - value) / (best - ordinary);
    }

    double noise() {
        return NOISE * (best - ordinary);
    }
}
