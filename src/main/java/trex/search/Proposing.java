package trex.search;

import trex.model.Strategy;
import trex.search.planner.Screen;

/// How proposals are made under a search policy.
///
/// @param screen how one of many candidate recipes is picked
/// @param variants recipes a proposal has, 1 to [Strategy#MAX_VARIANTS]
/// @param drafts whether the first recipes are published ones and such that fill the space
public record Proposing(Screen screen, int variants, boolean drafts) {
    public static final Proposing DEFAULT = new Proposing(Screen.EXPECTED_IMPROVEMENT, 1, true);

    public Proposing {
        if (variants < 1 || variants > Strategy.MAX_VARIANTS) {
            throw new IllegalArgumentException("variants must be 1.." + Strategy.MAX_VARIANTS + ", got " + variants);
        }
    }

    /// With no first recipes from anywhere: every recipe is the screen's.
    static Proposing alone(Screen screen) {
        return new Proposing(screen, 1, false);
    }

    public Proposing withVariants(int changed) {
        return new Proposing(screen, changed, drafts);
    }
}
