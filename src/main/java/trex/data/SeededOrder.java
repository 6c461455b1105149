package trex.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Shuffles, the same for ever for the same seed: [Random]'s algorithm is part of its contract.
final class SeededOrder {
    private final long seed;

    SeededOrder(long seed) {
        this.seed = seed;
    }

    /// A shuffled copy. Its first n elements do not depend on how many are taken.
    <T> List<T> shuffle(List<T> list) {
        Random random = new Random(seed);
        List<T> shuffled = new ArrayList<>(list);
        for (int i = 0; i < shuffled.size() - 1; i++) {
            Collections.swap(shuffled, i, i + random.nextInt(shuffled.size() - i));
        }
        return shuffled;
    }
}
