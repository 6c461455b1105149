package trex.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import trex.executor.LocalDevices;

/// The devices of a machine in words.
record DevicesText(LocalDevices devices) {
    private static final double GIBIBYTE = 1 << 30;

    List<String> lines() {
        return Stream.of(devices.found().stream().map(DevicesText::line),
                        devices.whyNone().map(reason -> "No graphics processor: " + reason).stream(),
                        Stream.of("Numeric library: " + devices.build()))
                .flatMap(lines -> lines)
                .toList();
    }

    private static String line(LocalDevices.Found device) {
        String memory = device.memory() == 0 ? "" : String.format(Locale.ROOT, "  %.1f GiB", device.memory() / GIBIBYTE);
        String hindrance = device.hindrance() == null ? "" : "  cannot be used: " + device.hindrance();
        return String.format(Locale.ROOT, "%-8s", device.name()) + device.description() + memory + hindrance;
    }
}
