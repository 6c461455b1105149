package trex.executor;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import trex.lm.NativeLibrary;
import trex.model.DeviceList;

/// What a worker's process may know of this one's environment: a list of what it needs, since a
/// list of what is secret is never complete.
final class WorkerEnvironment {
    private static final Set<String> ALLOWED = Set.of(
            "PATH", "HOME", "USER", "LANG", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
            "CUDA_VISIBLE_DEVICES", "PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR",
            "OMP_PROC_BIND", "OMP_PLACES", "OMP_DYNAMIC", "GOMP_SPINCOUNT", "GOMP_CPU_AFFINITY", "KMP_BLOCKTIME",
            "MKL_NUM_THREADS", "SYSTEMROOT", "TEMP", "TMP", "USERPROFILE", "PATHEXT", "COMSPEC");

    private WorkerEnvironment() {}

    /// Removes what is not allowed, and adds the settings of the numeric library.
    static void apply(Map<String, String> environment, Path home, WorkerSettings settings) {
        environment.keySet().removeIf(name -> !isAllowed(name));
        environment.put("TREX_HOME", home.toAbsolutePath().toString());
        environment.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID"); // the driver's own numbers, not the fastest first
        environment.put("OMP_NUM_THREADS", Integer.toString(settings.threads()));
        environment.put("OMP_WAIT_POLICY", settings.dedicated() ? "active" : "passive");
        NativeLibrary.apply(environment, home);
    }

    /// The same for a worker that computes on these devices.
    static void apply(Map<String, String> environment, Path home, WorkerSettings settings, DeviceList devices)
            throws EngineUnfit {
        apply(environment, home, settings);
        new EngineChoice(home).apply(environment, devices);
    }

    private static boolean isAllowed(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return ALLOWED.contains(upper) || upper.startsWith("LC_");
    }
}
