package trex.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// Where wheels come from. The digest decides whether one is used, wherever it came from.
@FunctionalInterface
public interface WheelSource {
    /// The environment variable with a folder of wheels, or the https address of one.
    String MIRROR = "TREX_WHEEL_MIRROR";

    /// Brings a wheel into `folder`, under its own name.
    ///
    /// @throws Unavailable if it cannot be had, or is not the wheel that was expected
    void fetch(EngineEntry.Wheel wheel, Path folder, Progress progress) throws Unavailable, InterruptedException;

    /// The mirror that the environment names, else the person's own `pip`, which knows their package
    /// index, proxy and certificates.
    static WheelSource of(Map<String, String> environment) {
        String mirror = environment.getOrDefault(MIRROR, "").strip();
        if (mirror.isEmpty()) {
            return new PipWheels();
        }
        if (!mirror.matches("https?://.+")) {
            return new FolderWheels(Path.of(mirror).toAbsolutePath());
        }
        try {
            URI address = new URI(mirror.endsWith("/") ? mirror : mirror + "/");
            AllowedHosts hosts = new AllowedHosts(Set.of(String.valueOf(address.getHost())), true);
            return new ServedWheels(address, new Downloads(hosts, Downloads.Limits.GENEROUS));
        } catch (URISyntaxException e) {
            return (_, _, _) -> {
                throw new Unavailable(MIRROR + " is no address: " + e.getMessage(), e);
            };
        }
    }
}
