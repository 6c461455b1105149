package trex.training;

import java.util.ArrayList;
import java.util.List;

/// Divides a step's examples into what is run through the model at once.
public final class Parts {
    /// Tokens run through the model at once, where one example has no more. What this bounds is
    /// memory: about 2 KB of activations a token and layer at a width of 576.
    public static final int TOKENS_AT_ONCE = 2048;

    private Parts() {}

    /// @param units sequences that stay together
    /// @param most most units of a part
    /// @return parts in the units' order
    static List<List<List<LabelledExample>>> of(List<List<LabelledExample>> units, int most) {
        List<List<List<LabelledExample>>> parts = new ArrayList<>();
        List<List<LabelledExample>> open = new ArrayList<>();
        int tokens = 0;
        for (List<LabelledExample> unit : units) {
            int own = unit.stream().mapToInt(LabelledExample::inputs).sum();
            if (!open.isEmpty() && (open.size() == most || tokens + own > TOKENS_AT_ONCE)) {
                parts.add(List.copyOf(open));
                open.clear();
                tokens = 0;
            }
            open.add(unit);
            tokens += own;
        }
        parts.add(List.copyOf(open));
        return parts;
    }
}
