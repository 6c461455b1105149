package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.model.RunEvent;

/// All events of a job, through all of its attempts, as they come.
final class EventFeed {
    private final JobFolder job;
    private int attempt;
    private @Nullable EventTail tail;

    EventFeed(JobFolder job) {
        this.job = job;
    }

    /// The events since the last call. The first call tells the whole story so far, with repeated
    /// steps told once; an attempt that begins later tells the steps it makes again once more.
    List<RunEvent> poll() throws IOException {
        List<RunEvent> fresh = new ArrayList<>();
        if (tail != null) {
            fresh.addAll(tail.poll());
        }
        while (Files.isDirectory(job.attempt(attempt + 1).folder())) {
            attempt++;
            tail = new EventTail(job.attempt(attempt).metrics());
            EventMerge.append(fresh, tail.poll());
        }
        return fresh;
    }
}
