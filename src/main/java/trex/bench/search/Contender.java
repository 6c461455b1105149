package trex.bench.search;

import trex.search.SearchPolicies;
import trex.search.SearchPolicy;
import trex.search.planner.Screen;

/// A way to search: who chooses the parent, and who proposes.
///
/// @param policy name of the search policy
/// @param exploration its constant
/// @param screen how edits are picked
/// @param candidates how many edits one is picked from
/// @param drafts what the first points are
record Contender(String name, String policy, double exploration, Screen screen, int candidates, Drafts drafts) {
    /// Where the first points come from.
    enum Drafts {
        /// Three from other problems, then two that fill the space: as the product does.
        PLAYBOOK,
        /// Evenly drawn.
        RANDOM
    }

    SearchPolicy policy(long seed) {
        return SearchPolicies.named(policy, exploration, seed);
    }
}
