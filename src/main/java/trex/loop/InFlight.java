package trex.loop;

import java.util.List;
import trex.model.NodeId;
import trex.model.Run;

/// The runs of a study that are on their way while its next step is read off the tree.
///
/// @param flights recorded in the tree, without an outcome there
/// @param most runs that may be on their way at a time, at least 1
record InFlight(List<Flight> flights, int most) {
    /// Nothing is on its way, and one run may be.
    static final InFlight NONE = new InFlight(List.of(), 1);

    /// One of them.
    ///
    /// @param expected what it takes, as far as it is known
    /// @param limit what it may take before it is stopped
    record Flight(Run run, Cost expected, Cost limit) {}

    InFlight {
        flights = List.copyOf(flights);
    }

    boolean isNone() {
        return flights.isEmpty();
    }

    /// Runs that may begin beside them.
    int free() {
        return Math.max(0, most - flights.size());
    }

    boolean isFull() {
        return free() == 0;
    }

    boolean has(Run run) {
        return flights.stream().anyMatch(f -> f.run().id().equals(run.id()));
    }

    boolean has(NodeId node) {
        return flights.stream().anyMatch(f -> f.run().node().equals(node));
    }

    boolean has(NodeId node, int variant) {
        return flights.stream().anyMatch(f -> f.run().node().equals(node) && f.run().variant() == variant);
    }

    /// What they are expected to take together, as far as it is known.
    Cost expected() {
        return flights.stream().map(f -> f.expected().known()).reduce(Cost.NONE, Cost::plus);
    }

    /// What they may take together at most.
    Cost limits() {
        return flights.stream().map(Flight::limit).reduce(Cost.NONE, Cost::plus);
    }
}
