package trex.loop;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import trex.model.DeviceList;
import trex.model.DeviceName;

/// The devices that runs take turns on: one run at a time on each, whichever study it belongs to.
public final class Devices {
    private final Map<DeviceName, Semaphore> free = new ConcurrentHashMap<>();

    /// Devices that are taken; closing gives them back.
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /// Whether a run on all of them would have to wait.
    boolean isTaken(DeviceList devices) {
        return devices.names().stream().anyMatch(name -> of(name).availablePermits() == 0);
    }

    /// Waits for all of them, each first come, first served.
    Turn take(DeviceList devices) throws InterruptedException {
        // In one order for everybody: two runs that each wait for what the other has would wait for ever.
        List<Semaphore> wanted = devices.names().stream()
                .sorted(Comparator.comparing(DeviceName::kind).thenComparing(DeviceName::index))
                .map(this::of)
                .toList();
        int taken = 0;
        try {
            for (Semaphore semaphore : wanted) {
                semaphore.acquire();
                taken++;
            }
            return () -> wanted.forEach(Semaphore::release);
        } catch (InterruptedException e) {
            wanted.subList(0, taken).forEach(Semaphore::release);
            throw e;
        }
    }

    private Semaphore of(DeviceName device) {
        return free.computeIfAbsent(device, _ -> new Semaphore(1, true));
    }
}
