package trex.bench;

import java.util.List;
import java.util.function.Consumer;

/// One benchmark of `trex bench`.
public interface Bench {
    /// The word on the command line, for example `step`.
    String name();

    /// One sentence for the list of benchmarks.
    String description();

    /// The same benchmark with less or more to do.
    ///
    /// @throws Unmeasured where the extent says something that this benchmark would not heed
    default Bench of(Extent extent) throws Unmeasured {
        extent.refuseAllBut(name());
        return this;
    }

    /// Measures; takes minutes.
    ///
    /// @param progress hears a line now and then about what is being measured
    /// @throws Unmeasured where something that the benchmark needs is missing
    List<BenchRow> run(Consumer<String> progress) throws Unmeasured, InterruptedException;

    /// A benchmark that cannot run here; the message is a sentence for the person.
    final class Unmeasured extends Exception {
        private static final long serialVersionUID = 1;

        public Unmeasured(String message) {
            super(message);
        }

        public Unmeasured(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
