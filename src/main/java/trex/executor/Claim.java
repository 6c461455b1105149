package trex.executor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Who works on an attempt; written by the worker as its first deed.
///
/// @param launcher who will write `exit.json` after the worker's end; null where nobody will
record Claim(ProcessIdentity worker, @Nullable ProcessIdentity launcher, String host) {
    static Claim ofThisProcess(long launcherPid) {
        ProcessIdentity launcher = ProcessIdentity.of(launcherPid);
        return new Claim(ProcessIdentity.current(), launcher.isAlive() ? launcher : null, thisHost());
    }

    boolean isFromThisHost() {
        return host.equals(thisHost());
    }

    /// Whether the worker runs, or has just ended and its launcher is about to say how.
    boolean isAlive() {
        return worker.isAlive() || launcher != null && launcher.isAlive();
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine whose own name does not resolve
        }
    }
}
