package trex.training;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import trex.lm.FloatTensor;
import trex.lm.UnreadableModel;
import trex.lm.io.SafetensorsWriter;

/// The trained tensors at the newest validations, for their mean (checkpoint averaging: Vaswani et
/// al. 2017, arXiv 1706.03762, section 6.1; compare Izmailov et al. 2018, arXiv 1803.05407). Every
/// checkpoint holds all of them, as second names of the same files where the file system has such.
final class RecentStates {
    private static final String PREFIX = "state-";
    private static final String SUFFIX = ".safetensors";

    private final int most;
    private final List<Integer> steps = new ArrayList<>();

    /// @param most states that are kept; fewer than two have no mean, and none is kept
    RecentStates(int most) {
        this.most = most < 2 ? 0 : most;
    }

    static boolean isState(Path file) {
        return file.getFileName().toString().startsWith(PREFIX);
    }

    /// The states after these steps, oldest first.
    List<Integer> steps() {
        return List.copyOf(steps);
    }

    /// The present state is one of them; the oldest may have to go.
    void join(int step) {
        if (most > 0 && !steps.contains(step)) {
            steps.add(step);
            if (steps.size() > most) {
                steps.removeFirst();
            }
        }
    }

    /// Goes on from a checkpoint.
    void resume(Path checkpoint) throws IOException {
        if (most == 0) {
            return;
        }
        try (Stream<Path> files = Files.list(checkpoint)) {
            files.filter(RecentStates::isState).map(RecentStates::step).sorted().forEach(steps::add);
        }
    }

    /// Puts all states into a new checkpoint.
    ///
    /// @param before the checkpoint before, which has all but the present one; null at the first
    /// @param present the trained tensors after `step`
    void write(Path folder, @Nullable Path before, int step, List<FloatTensor> present)
            throws IOException {
        for (int state : steps) {
            Path file = folder.resolve(name(state));
            if (state == step || before == null) {
                SafetensorsWriter.write(file, present, Map.of());
            } else {
                FileLink.make(file, before.resolve(name(state)));
            }
        }
    }

    /// Overwrites the trained tensors by the mean of all states.
    ///
    /// @param checkpoint one that has them
    void average(Path checkpoint, List<FloatTensor> trained) throws UnreadableModel {
        TensorFile.readInto(checkpoint.resolve(name(steps.getFirst())), trained);
        for (int state : steps.subList(1, steps.size())) {
            add(checkpoint.resolve(name(state)), trained);
        }
        trained.forEach(tensor -> divide(tensor.values(), steps.size()));
    }

    private static void add(Path file, List<FloatTensor> sums) throws UnreadableModel {
        for (FloatTensor sum : sums) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment values = arena.allocate(sum.values().byteSize(), Float.BYTES);
                TensorFile.readInto(file, List.of(new FloatTensor(sum.name(), sum.shape(), values)));
                for (long at = 0; at < values.byteSize(); at += Float.BYTES) {
                    set(sum.values(), at, get(sum.values(), at) + get(values, at));
                }
            }
        }
    }

    private static void divide(MemorySegment values, int count) {
        for (long at = 0; at < values.byteSize(); at += Float.BYTES) {
            set(values, at, get(values, at) / count);
        }
    }

    private static float get(MemorySegment values, long at) {
        return values.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
    }

    private static void set(MemorySegment values, long at, float value) {
        values.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, value);
    }

    private static String name(int step) {
        return PREFIX + step + SUFFIX;
    }

    private static int step(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }
}
