package trex.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A device that computes: the processor, a graphics processor of NVIDIA's (`cuda:0`) or of Apple's.
///
/// @param index which of several of its kind, from 0
public record DeviceName(Kind kind, int index) {
    /// The processor.
    public static final DeviceName CPU = new DeviceName(Kind.CPU, 0);

    private static final Pattern FORM = Pattern.compile("cpu|mps|cuda:(\\d{1,2})");

    public enum Kind {
        CPU,
        /// A graphics processor of NVIDIA's.
        CUDA,
        /// The graphics processor of an Apple machine.
        MPS
    }

    public DeviceName {
        if (index < 0 || index > 0 && kind != Kind.CUDA) {
            throw new IllegalArgumentException("device " + kind + " has no number " + index);
        }
    }

    /// @throws IllegalArgumentException for anything but `cpu`, `cuda:n` or `mps`
    static DeviceName of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("device must be cpu, cuda:n or mps, got \"" + text + "\"");
        }
        return form.group(1) == null
                ? new DeviceName(Kind.valueOf(text.toUpperCase(Locale.ROOT)), 0)
                : new DeviceName(Kind.CUDA, Integer.parseInt(form.group(1)));
    }

    public boolean isProcessor() {
        return kind == Kind.CPU;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + (kind == Kind.CUDA ? ":" + index : "");
    }
}
