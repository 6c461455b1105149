package trex.gui.leaderboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.gui.study.Recipes;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.RunOutcome;
import trex.model.Score;
import trex.model.SeedScores;

/// One line of the leaderboard.
///
/// @param rank 1 is best
/// @param distance how far behind the best, in the metric's unit; 0 for the best
/// @param withinNoise whether luck alone could explain the distance to the best
/// @param seconds computing time of the node's runs
/// @param seeds what its recipe scored with other seeds, or null
public record Standing(
        int rank, NodeId node, String title, Score score, double distance, boolean withinNoise, double seconds,
        @Nullable SeedScores seeds) {

    /// All scored nodes, best first; the earlier node first at a tie.
    public static List<Standing> of(ExperimentTree tree, Mission mission) {
        Comparator<Node> better = (a, b) -> beats(a.score(), b.score()) ? -1 : beats(b.score(), a.score()) ? 1 : 0;
        List<Node> scored = tree.nodes().stream()
                .filter(n -> n.state() == NodeState.COMPLETED && n.score() != null)
                .sorted(better.thenComparing(Node::id))
                .toList();
        List<Standing> standings = new ArrayList<>();
        Score best = scored.isEmpty() ? null : scored.getFirst().score();
        for (Node node : scored) {
            Score score = node.score();
            if (score != null && best != null) {
                standings.add(new Standing(standings.size() + 1, node.id(), Recipes.title(tree, node, mission), score,
                        Math.abs(score.value() - best.value()), score.withinNoiseOf(best), seconds(node),
                        SeedScores.of(node).orElse(null)));
            }
        }
        return standings;
    }

    private static boolean beats(@Nullable Score a, @Nullable Score b) {
        return a != null && b != null && a.beats(b);
    }

    private static double seconds(Node node) {
        double sum = 0;
        for (var run : node.runs()) {
            RunOutcome outcome = run.outcome();
            sum += outcome == null ? 0 : outcome.cost().spentSeconds();
        }
        return sum;
    }
}
