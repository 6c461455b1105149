package trex.cli;

import java.util.Locale;
import java.util.Map;

/// Whether a window can be opened here.
final class Screen {
    private Screen() {}

    static boolean isThere() {
        return isThere(System.getenv(), System.getProperty("os.name", ""));
    }

    static boolean isThere(Map<String, String> environment, String system) {
        if (!system.toLowerCase(Locale.ROOT).contains("linux")) {
            return true;
        }
        return !environment.getOrDefault("DISPLAY", "").isEmpty()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    }
}
