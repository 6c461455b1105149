package trex.loop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.model.RunId;

/// Follows the runs of one study that go on side by side, each on a thread of its own. Belongs to the
/// loop's thread: what a run does on its own thread is told here once it has ended.
final class Flights {
    private static final Logger LOG = LoggerFactory.getLogger(Flights.class);

    private final Map<RunId, Followed> followed = new HashMap<>();
    private final BlockingQueue<Landing> landings = new LinkedBlockingQueue<>();

    /// The way of a run from its beginning to what is stored of its end.
    @FunctionalInterface
    interface Way {
        void go() throws InterruptedException;
    }

    private record Followed(InFlight.Flight flight, Thread thread) {}

    /// @param fault what broke the run's way off, or null
    private record Landing(RunId run, @Nullable Throwable fault) {}

    boolean isEmpty() {
        return followed.isEmpty();
    }

    InFlight beside(int most) {
        List<InFlight.Flight> flights = followed.values().stream().map(Followed::flight).toList();
        return new InFlight(flights, most);
    }

    void launch(InFlight.Flight flight, Way way) {
        RunId run = flight.run().id();
        Thread thread = Thread.ofVirtual().name("flight-" + run).unstarted(() -> landings.add(landing(run, way)));
        followed.put(run, new Followed(flight, thread));
        thread.start();
    }

    /// Whatever breaks a way off is the loop's to judge, on the loop's own thread.
    private static Landing landing(RunId run, Way way) {
        try {
            way.go();
            return new Landing(run, null);
        } catch (InterruptedException | RuntimeException | Error e) {
            return new Landing(run, e);
        }
    }

    /// Takes note of the runs that have ended meanwhile. What has broken a run's way off, an error even,
    /// is thrown here as it is by all that wait for ends.
    void noteLandings() throws InterruptedException {
        for (Landing landing = landings.poll(); landing != null; landing = landings.poll()) {
            note(landing);
        }
    }

    /// Waits for the next end of a run.
    void awaitLanding() throws InterruptedException {
        note(landings.take());
    }

    void awaitAll() throws InterruptedException {
        while (!isEmpty()) {
            awaitLanding();
        }
    }

    private void note(Landing landing) throws InterruptedException {
        followed.remove(landing.run());
        switch (landing.fault()) {
            case null -> {}
            case InterruptedException fault -> throw fault;
            case RuntimeException fault -> throw fault;
            case Error fault -> throw fault;
            default -> throw new IllegalStateException("no way ends so", landing.fault());
        }
    }

    /// Waits for all ends after a first fault; further ones are only noted in the log.
    void awaitAllDespiteFaults() throws InterruptedException {
        while (!isEmpty()) {
            try {
                awaitLanding();
            } catch (RuntimeException e) {
                LOG.warn("another run's way was broken off", e);
            }
        }
    }

    /// Lets go of all runs as a kill would: they go on, and a later loop finds them. Waits until their
    /// threads have ended.
    void abandon() {
        Abandoning.endAll(followed.values().stream().map(Followed::thread).toList());
        followed.clear();
    }
}
