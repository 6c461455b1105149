package trex.executor;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/// The signals by which a person or the system asks a process to end.
///
/// By itself the JVM answers them with its shutdown hooks and then lets the native libraries take
/// themselves down, while another thread may be computing in them: libtorch crashed of it (SIGSEGV
/// in `moduleRunMethod`). A hook that waits for that thread only puts the crash off, because no
/// step, calibration or loading has a longest time. So the signal sets a mark, and the process
/// ends when its work does.
final class TerminationSignals {
    private static final Logger LOG = LoggerFactory.getLogger(TerminationSignals.class);
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    private TerminationSignals() {}

    /// From now on they do this and nothing else. One that the process was started to ignore stays
    /// ignored.
    static void handle(Runnable action) {
        for (String name : NAMES) {
            try {
                Signal.handle(new Signal(name), _ -> action.run());
            } catch (IllegalArgumentException e) {
                LOG.debug("the signal {} cannot be handled here", name, e); // Windows has no HUP
            }
        }
    }
}
