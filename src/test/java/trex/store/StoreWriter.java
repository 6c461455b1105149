package trex.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import trex.loop.Fixtures;
import trex.loop.StudyStore.StoreFailure;
import trex.model.NodeId;
import trex.model.Run;
import trex.model.RunId;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.Work;

/// A process that changes a store until it is killed or refused, and prints the number of each
/// change once the store has acknowledged it.
final class StoreWriter {
    private StoreWriter() {}

    private static final int LAST_WORDS = 20;

    /// @param arguments the home folder; a process told to end writes a few changes more, as a study does
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (H2StudyStore store = H2StudyStore.open(Path.of(arguments[0]), InstantSource.system())) {
            StudyId study = store.create(Fixtures.mission(1000, 1_000_000), StudySettings.DEFAULT);
            out.println(study);
            NodeId node = store.open(study, null, trex.model.Strategy.baseline(), null);
            CountDownLatch written = new CountDownLatch(LAST_WORDS);
            AtomicBoolean ending = new AtomicBoolean();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                ending.set(true);
                awaitAll(written);
            }));
            for (int i = 1; ; i++) {
                RunId run = new RunId("run" + i);
                store.begin(study, new Run(run, node, 0, new Work.Train(Fixtures.recipe(1e-3, 100)), null));
                store.end(study, run, Fixtures.completed(0.5, 1));
                store.journal(study, "change " + i);
                out.println(i);
                if (ending.get()) {
                    written.countDown();
                }
            }
        } catch (StoreFailure e) {
            out.println("refused: " + e.getMessage());
        }
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
