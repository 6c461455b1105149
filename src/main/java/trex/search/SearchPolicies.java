package trex.search;

import java.util.List;

/// The policies by name.
public final class SearchPolicies {
    private static final List<String> IDS = List.of(RankPuct.ID, TrexUct.ID, UctMax.ID, GreedyBestFirst.ID,
            Sequential.ID, AbMcts.ID, Flat.RANDOM, Flat.TPE, Flat.GAUSSIAN_PROCESS);

    private SearchPolicies() {}

    /// All names, the default first.
    public static List<String> ids() {
        return IDS;
    }

    /// @param exploration the policy's constant, at least 0; ignored by those without one
    /// @param seed source of the random choices of the policies that make any
    /// @throws IllegalArgumentException for an unknown name; the message lists the known ones
    public static SearchPolicy named(String id, double exploration, long seed) {
        return switch (id) {
            case RankPuct.ID -> drafted(new RankPuct(exploration));
            case TrexUct.ID -> drafted(new TrexUct(exploration));
            case UctMax.ID -> drafted(new UctMax(exploration));
            case GreedyBestFirst.ID -> drafted(new GreedyBestFirst());
            case Sequential.ID -> new Sequential();
            case AbMcts.ID -> new AbMcts(seed);
            case Flat.RANDOM -> Flat.random();
            case Flat.TPE -> Flat.parzen();
            case Flat.GAUSSIAN_PROCESS -> Flat.gaussianProcess();
            default -> throw new IllegalArgumentException("unknown search policy \"" + id + "\"; known are "
                    + String.join(", ", IDS));
        };
    }

    /// The constant each policy was tried with: the start of the slider. 0 where there is none.
    ///
    /// @throws IllegalArgumentException for an unknown name
    public static double usualExploration(String id) {
        return switch (named(id, 0, 0).id()) {
            case RankPuct.ID -> 1;
            case TrexUct.ID -> 1.4;
            case UctMax.ID -> 0.1;
            default -> 0;
        };
    }

    private static SearchPolicy drafted(SearchPolicy policy) {
        return new DraftsFirst(DraftsFirst.DRAFTS, policy);
    }
}
