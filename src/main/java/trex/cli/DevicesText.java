package trex.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import trex.executor.LocalDevices;
import trex.model.ByteCount;

/// The devices of a machine in words.
record DevicesText(LocalDevices devices) {
    List<String> lines() {
        return Stream.of(devices.found().stream().map(DevicesText::line),
                        devices.whyNone().map(reason -> "No graphics processor: " + reason).stream(),
                        Stream.of("Numeric library: " + devices.build()))
                .flatMap(lines -> lines)
                .toList();
    }

    private static String line(LocalDevices.Found device) {
        String memory = device.memory() == 0 ? "" : "  " + new ByteCount(device.memory());
        String hindrance = device.hindrance() == null ? "" : "  cannot be used: " + device.hindrance();
        return String.format(Locale.ROOT, "%-8s", device.name()) + device.description() + memory + hindrance;
    }
}
