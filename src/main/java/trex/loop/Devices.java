package trex.loop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// The devices that runs take turns on: one run at a time on each, whichever study it belongs to.
public final class Devices {
    private final Map<String, Semaphore> free = new ConcurrentHashMap<>();

    /// A device that is taken; closing gives it back.
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /// Whether a run would have to wait.
    boolean isTaken(String device) {
        return of(device).availablePermits() == 0;
    }

    /// Waits for the device, first come, first served.
    Turn take(String device) throws InterruptedException {
        Semaphore semaphore = of(device);
        semaphore.acquire();
        return semaphore::release;
    }

    private Semaphore of(String device) {
        return free.computeIfAbsent(device, _ -> new Semaphore(1, true));
    }
}
