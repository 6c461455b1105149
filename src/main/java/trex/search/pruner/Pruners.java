package trex.search.pruner;

import java.util.List;

/// The pruners by name.
public final class Pruners {
    private static final List<String> IDS = List.of(MedianRule.ID, Asha.ID, NeverStop.ID);

    private Pruners() {}

    /// All names, the default first.
    public static List<String> ids() {
        return IDS;
    }

    /// @throws IllegalArgumentException for an unknown name; the message lists the known ones
    public static Pruner named(String id) {
        return switch (id) {
            case MedianRule.ID -> new MedianRule();
            case Asha.ID -> new Asha();
            case NeverStop.ID -> new NeverStop();
            default -> throw new IllegalArgumentException(
                    "unknown pruner \"" + id + "\"; known are " + String.join(", ", IDS));
        };
    }
}
