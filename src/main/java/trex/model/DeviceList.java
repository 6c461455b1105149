package trex.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The devices that a study or a run computes on, written `cpu`, `cuda:0` or `cuda:0,cuda:1`. Several
/// divide each step of one run among them, or carry out runs side by side.
///
/// @param names one; or several of NVIDIA's, each once
public record DeviceList(List<DeviceName> names) {
    public DeviceList {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("device must be cpu, cuda:n or mps, got nothing");
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("device must not name one twice, got \"" + text(names) + "\"");
        }
        if (names.size() > 1 && names.stream().anyMatch(name -> name.kind() != DeviceName.Kind.CUDA)) {
            throw new IllegalArgumentException(
                    "device may name several of cuda:n only, got \"" + text(names) + "\"");
        }
    }

    /// @throws IllegalArgumentException with the text where it names no devices
    public static DeviceList of(String text) {
        return new DeviceList(Arrays.stream(text.split(",", -1)).map(String::strip).map(DeviceName::of).toList());
    }

    /// The one that measures, and leads where several train together.
    public DeviceName first() {
        return names.getFirst();
    }

    /// Divided among so many runs at a time: neighbours stay together, and the first parts are larger by
    /// one device where it does not come out even.
    ///
    /// @param count of parts, from 1 to the number of devices
    public List<DeviceList> parts(int count) {
        if (count < 1 || count > names.size()) {
            throw new IllegalArgumentException(
                    "\"" + this + "\" can be divided into 1 to " + names.size() + " parts, got " + count);
        }
        return IntStream.range(0, count).mapToObj(part -> new DeviceList(names.subList(from(part, count), from(part + 1, count)))).toList();
    }

    private int from(int part, int count) {
        return part * (names.size() / count) + Math.min(part, names.size() % count);
    }

    private static String text(List<DeviceName> names) {
        return names.stream().map(DeviceName::toString).collect(Collectors.joining(","));
    }

    /// As [#of] reads it.
    @Override
    public String toString() {
        return text(names);
    }
}
