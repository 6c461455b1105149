package trex.loop;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trex.model.Checkpoint;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Score;
import trex.model.Work;

/// The best nodes by validation, tried once more with another seed before one of them is named: the
/// best of many scores is partly luck, and a second seed shows how much.
record Repeats(ExperimentTree tree) {
    static final int CANDIDATES = 3;
    static final int SEEDS = 1;
    private static final long SEED_STEP = 1_000_003;

    /// A run to do.
    ///
    /// @param cost what its first run took for training
    record Repeat(Node node, int variant, int number, Recipe recipe, Cost cost) {}

    /// A model that may be named.
    ///
    /// @param validation of this checkpoint
    /// @param mean of the validation values over its seeds
    record Named(Node node, Score validation, double mean, Checkpoint checkpoint) {}

    boolean begun() {
        return tree.nodes().stream().anyMatch(n -> n.runs().stream().anyMatch(n::isRepeat));
    }

    /// Those that have not ended yet, best candidate first.
    List<Repeat> open() {
        return candidates().stream().flatMap(n -> open(n).stream()).toList();
    }

    private List<Repeat> open(Node node) {
        Run first = firstRun(node);
        if (first == null || !(first.work() instanceof Work.Train(Recipe recipe))) {
            return List.of();
        }
        return java.util.stream.IntStream.rangeClosed(1, SEEDS)
                .mapToObj(k -> new Repeat(node, first.variant(), k, recipe.withSeed(recipe.seed() + k * SEED_STEP),
                        CostEstimate.ofTraining(first)))
                .filter(r -> node.runs().stream()
                        .noneMatch(run -> run.work().equals(new Work.Train(r.recipe())) && run.outcome() != null))
                .toList();
    }

    /// The model with the best mean over its seeds. Where some were repeated, one that was not is
    /// not named: its single score would be compared with means that have lost their luck.
    Optional<Named> best() {
        List<Node> candidates = candidates();
        boolean repeated = candidates.stream().anyMatch(n -> completed(n).size() > 1);
        Named best = null;
        for (Node node : candidates) {
            Named named = named(node);
            if (named == null || repeated && completed(node).size() < 2) {
                continue;
            }
            if (best == null || named.validation().metric().better().better(named.mean(), best.mean())) {
                best = named;
            }
        }
        return Optional.ofNullable(best);
    }

    private List<Node> candidates() {
        Comparator<Node> betterFirst = (a, b) -> {
            Score left = Objects.requireNonNull(a.score());
            Score right = Objects.requireNonNull(b.score());
            return left.beats(right) ? -1 : right.beats(left) ? 1 : a.id().compareTo(b.id());
        };
        return tree.nodes().stream()
                .filter(n -> n.state() == NodeState.COMPLETED && n.score() != null && firstRun(n) != null)
                .sorted(betterFirst)
                .limit(CANDIDATES)
                .toList();
    }

    /// The run that gave the node its score.
    private static @Nullable Run firstRun(Node node) {
        Run best = null;
        Score bestScore = null;
        for (Run run : node.runs()) {
            if (run.variant() >= 0 && !node.isRepeat(run)
                    && run.outcome() instanceof RunOutcome.Completed(Score score, Checkpoint _, _)
                    && (bestScore == null || score.beats(bestScore))) {
                best = run;
                bestScore = score;
            }
        }
        return best;
    }

    /// The completed runs of the node's best variant, over all seeds.
    private static List<RunOutcome.Completed> completed(Node node) {
        Run first = firstRun(node);
        return node.runs().stream()
                .filter(r -> first != null && r.variant() == first.variant())
                .map(Run::outcome)
                .filter(RunOutcome.Completed.class::isInstance)
                .map(RunOutcome.Completed.class::cast)
                .toList();
    }

    private static @Nullable Named named(Node node) {
        List<RunOutcome.Completed> seeds = completed(node);
        double mean = seeds.stream().mapToDouble(c -> c.score().value()).average().orElse(Double.NaN);
        Named named = null;
        for (RunOutcome.Completed seed : seeds) {
            Checkpoint checkpoint = seed.checkpoint();
            if (checkpoint != null && (named == null || seed.score().beats(named.validation()))) {
                named = new Named(node, seed.score(), mean, checkpoint);
            }
        }
        return named;
    }
}
