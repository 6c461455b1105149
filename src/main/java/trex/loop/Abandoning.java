package trex.loop;

import java.util.List;

/// Ends threads as a kill would: what they wait for goes on without them.
final class Abandoning {
    private Abandoning() {}

    /// Interrupts the threads and waits until they have ended. An interrupt meanwhile is kept for later.
    static void endAll(List<Thread> threads) {
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
