package trex.search.pruner;

import java.util.List;
import java.util.Optional;

/// What was measured in the course of one training, in order.
public record Curve(List<Reading> readings) {
    public Curve {
        readings = List.copyOf(readings);
    }

    /// One measurement of the validation split.
    ///
    /// @param share of the training that was done by then, above 0 and at most 1
    /// @param value higher is better
    public record Reading(double share, double value) {
        public Reading {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("the share of a training must be above 0 and at most 1, got " + share);
            }
        }
    }

    Optional<Reading> latest() {
        return readings.isEmpty() ? Optional.empty() : Optional.of(readings.getLast());
    }

    /// The first measurement at or after a share.
    Optional<Reading> firstFrom(double share) {
        return readings.stream().filter(r -> r.share() >= share).findFirst();
    }

    /// The best value up to and including a share; nothing where none was measured by then.
    Optional<Double> bestUpTo(double share) {
        return readings.stream().filter(r -> r.share() <= share).map(Reading::value).max(Double::compare);
    }
}
