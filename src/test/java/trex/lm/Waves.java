package trex.lm;

import java.lang.foreign.ValueLayout;

/// Numbers without meaning, the same each time.
final class Waves {
    private Waves() {}

    static void fill(FloatTensor tensor) {
        int phase = tensor.name().hashCode() % 1000;
        for (long i = 0; i < tensor.elements(); i++) {
            tensor.values().set(ValueLayout.JAVA_FLOAT_UNALIGNED, i * Float.BYTES, (float) (0.2 * Math.sin(phase + 7.3 * i)));
        }
    }
}
