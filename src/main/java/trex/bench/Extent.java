package trex.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much a benchmark shall do, where that can be chosen.
///
/// @param seconds budget of each study in seconds, at least 1, or null for the usual one
/// @param tasks names of tasks; empty for the usual ones
/// @param seeds how often everything is repeated with another seed, or null for the usual number
/// @param only words that the names of the measured cases have; empty for all cases
public record Extent(@Nullable Integer seconds, List<String> tasks, @Nullable Integer seeds, List<String> only) {
    public static final Extent USUAL = new Extent(null, List.of(), null, List.of());

    public Extent {
        tasks = List.copyOf(tasks);
        only = List.copyOf(only);
        if (seconds != null && seconds < 1) {
            throw new IllegalArgumentException("bench: seconds must be at least 1, got " + seconds);
        }
        if (seeds != null && (seeds < 1 || seeds > 100)) {
            throw new IllegalArgumentException("bench: seeds must be 1..100, got " + seeds);
        }
    }

    public Extent only(List<String> words) {
        return new Extent(seconds, tasks, seeds, words);
    }

    /// Refuses what a benchmark would not heed.
    ///
    /// @param bench its name
    /// @param heeded options that it has, as on the command line
    public void refuseAllBut(String bench, String... heeded) throws Bench.Unmeasured {
        List<String> others = given();
        others.removeAll(List.of(heeded));
        if (!others.isEmpty()) {
            String takes = heeded.length == 0 ? "has but one size" : "takes " + String.join(", ", heeded) + " alone";
            throw new Bench.Unmeasured("bench " + bench + " " + takes + ": leave " + String.join(", ", others) + " out");
        }
    }

    private List<String> given() {
        List<String> given = new ArrayList<>();
        if (seconds != null) {
            given.add("--seconds");
        }
        if (!tasks.isEmpty()) {
            given.add("--tasks");
        }
        if (seeds != null) {
            given.add("--seeds");
        }
        if (!only.isEmpty()) {
            given.add("--only");
        }
        return given;
    }
}
