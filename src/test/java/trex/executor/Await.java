package trex.executor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/// Waits for what other processes do.
final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Await() {}

    static void until(String what, Callable<Boolean> condition) throws Exception {
        until(what, LIMIT, condition);
    }

    static void until(String what, Duration most, Callable<Boolean> condition) throws Exception {
        Instant limit = Instant.now().plus(most);
        while (!condition.call()) {
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError("waited " + most.toSeconds() + " s in vain for " + what);
            }
            Thread.sleep(10);
        }
    }
}
