package trex.bench.search;

import java.util.List;
import trex.search.AbMcts;
import trex.search.Flat;
import trex.search.GreedyBestFirst;
import trex.search.RankPuct;
import trex.search.Sequential;
import trex.search.TrexUct;
import trex.search.UctMax;
import trex.search.planner.Screen;

/// Who takes part.
final class Contenders {
    /// The product as it ships.
    static final Contender DEFAULT = ours("rank-PUCT (default)", RankPuct.ID, 1);
    static final Contender RANDOM = control("random search", Flat.RANDOM, Screen.BLIND, 1);
    static final Contender BLIND_GREEDY = control("AIDE's rule, blind edits", GreedyBestFirst.ID, Screen.BLIND, 1);

    private Contenders() {}

    /// Published searches with the proposals and settings of their authors.
    static List<Contender> controls() {
        return List.of(
                RANDOM,
                BLIND_GREEDY,
                control("AB-MCTS-A, blind edits", AbMcts.ID, Screen.BLIND, 1),
                control("TPE", Flat.TPE, Screen.PARZEN, 24),
                control("GP-EI", Flat.GAUSSIAN_PROCESS, Screen.EXPECTED_IMPROVEMENT, 96));
    }

    /// Other policies with the default's drafts and screened edits: what the policy alone is worth.
    static List<Contender> policies() {
        return List.of(
                ours("TREX mode", TrexUct.ID, 1.4),
                ours("UCT-max", UctMax.ID, 0.1),
                ours("greedy best-first", GreedyBestFirst.ID, 0),
                ours("AB-MCTS", AbMcts.ID, 0),
                ours("sequential", Sequential.ID, 0),
                ours("flat", Flat.GAUSSIAN_PROCESS, 0));
    }

    static List<Contender> all() {
        return java.util.stream.Stream.of(List.of(DEFAULT), controls(), policies()).flatMap(List::stream).toList();
    }

    private static Contender ours(String name, String policy, double exploration) {
        return new Contender(name, policy, exploration, Screen.EXPECTED_IMPROVEMENT, 64, Contender.Drafts.PLAYBOOK);
    }

    private static Contender control(String name, String policy, Screen screen, int candidates) {
        return new Contender(name, policy, 0, screen, candidates, Contender.Drafts.RANDOM);
    }
}
