package trex.researcher.playbook;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trex.model.Bounds;
import trex.model.Evidence;
import trex.model.ExperimentTree;
import trex.model.FailureKind;
import trex.model.GradientCheckpointing;
import trex.model.LoraInit;
import trex.model.Method;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeState;
import trex.model.NumberField;
import trex.model.Optimization;
import trex.model.Quantization;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.search.Lineage;

/// A failed recipe made likelier to get through: at most twice in a row, then it is closed.
///
/// @param failed the node it repairs
record Repair(Node failed, FailureKind kind, Recipe recipe) {
    private static final String ID = "repair";
    private static final int MOST_IN_A_ROW = 2;
    private static final double CALMER = 0.3;
    private static final int SHORTEST = 32;
    private static final NumberField RATE = (NumberField) RecipeField.named("learningRate");

    /// The latest failed child of `parent` that can be repaired and was not yet.
    static Optional<Repair> of(ExperimentTree tree, Node parent, Mission mission) {
        return tree.children(parent.id()).reversed().stream()
                .filter(n -> n.state() == NodeState.FAILED && !isRepaired(tree, n) && inARow(tree, n) < MOST_IN_A_ROW)
                .flatMap(n -> of(n, mission).stream())
                .findFirst();
    }

    private static Optional<Repair> of(Node node, Mission mission) {
        Recipe recipe = Lineage.recipe(node);
        return recipe == null
                ? Optional.empty()
                : kind(node).flatMap(kind -> remedies(kind, recipe, mission)
                        .filter(r -> mission.objection(r).isEmpty())
                        .findFirst()
                        .map(r -> new Repair(node, kind, r)));
    }

    private static Optional<FailureKind> kind(Node node) {
        return node.runs().stream()
                .map(Run::outcome)
                .filter(RunOutcome.Failed.class::isInstance)
                .map(o -> ((RunOutcome.Failed) o).kind())
                .findFirst();
    }

    /// What may help, the first to be tried first.
    private static Stream<Recipe> remedies(FailureKind kind, Recipe recipe, Mission mission) {
        return switch (kind) {
            case DIVERGED -> calmer(recipe, mission).stream();
            case OUT_OF_MEMORY ->
                Stream.of(recomputing(recipe), inHalfTheBatch(recipe), inFourBits(recipe), shorter(recipe))
                        .flatMap(Optional::stream);
            case DISK_FULL, KILLED, INPUT, INTERNAL -> Stream.empty();
        };
    }

    /// Nothing where the mission allows no lower rate.
    private static Optional<Recipe> calmer(Recipe recipe, Mission mission) {
        Optimization o = recipe.optimization();
        double rate = o.learningRate();
        double least = mission.space().get(RATE.name()) instanceof Bounds(double min, _) ? min : RATE.min();
        double lower = Math.max(least, RATE.readable(CALMER * rate));
        return lower < rate ? Optional.of(recipe.withOptimization(o.withLearningRate(lower))) : Optional.empty();
    }

    /// Activations computed again where that was forbidden, which changes no bit.
    private static Optional<Recipe> recomputing(Recipe recipe) {
        return recipe.gradientCheckpointing() == GradientCheckpointing.OFF
                ? Optional.of(recipe.withGradientCheckpointing(GradientCheckpointing.ON))
                : Optional.empty();
    }

    /// Half the batch and twice the accumulation, so that a step still sees as many examples.
    private static Optional<Recipe> inHalfTheBatch(Recipe recipe) {
        Optimization o = recipe.optimization();
        return o.batchSize() > 1
                ? Optional.of(recipe.withOptimization(
                        o.withBatchSize(o.batchSize() / 2).withAccumulation(Math.min(256, 2 * o.accumulation()))))
                : Optional.empty();
    }

    /// A base in four bits, on which adapters reached what they reach on one of sixteen (Dettmers et
    /// al. 2023, QLoRA).
    private static Optional<Recipe> inFourBits(Recipe recipe) {
        return recipe.method() instanceof Method.Lora lora
                        && lora.base() == Quantization.NONE
                        && lora.init() == LoraInit.RANDOM
                ? Optional.of(recipe.withMethod(lora.withBase(Quantization.NF4)))
                : Optional.empty();
    }

    private static Optional<Recipe> shorter(Recipe recipe) {
        return recipe.maxLength() / 2 >= SHORTEST
                ? Optional.of(recipe.withMaxLength(recipe.maxLength() / 2))
                : Optional.empty();
    }

    private static boolean isRepaired(ExperimentTree tree, Node node) {
        return tree.nodes().stream().anyMatch(n -> repairs(n).equals(node.id().toString()));
    }

    /// How many repairs led to this node.
    private static int inARow(ExperimentTree tree, Node node) {
        String before = repairs(node);
        return before.isEmpty()
                ? 0
                : 1 + tree.nodes().stream()
                        .filter(n -> n.id().toString().equals(before))
                        .mapToInt(n -> inARow(tree, n))
                        .findFirst()
                        .orElse(0);
    }

    /// The node that `node` repairs, or an empty text.
    private static String repairs(Node node) {
        return node.strategy().evidence().stream()
                .filter(e -> e.id().equals(ID))
                .map(Evidence::source)
                .findFirst()
                .orElse("");
    }

    String hypothesis() {
        return switch (kind) {
            case DIVERGED -> failed.id() + " diverged; it gets through with a lower learning rate.";
            case OUT_OF_MEMORY -> failed.id() + " ran out of memory; it gets through with "
                    + "gradient checkpointing, half the batch, a base in four bits, or shorter examples.";
            case DISK_FULL, KILLED, INPUT, INTERNAL -> failed.id() + " failed; once more.";
        };
    }

    List<Evidence> evidence() {
        return List.of(new Evidence(ID, "A failed run is repaired at most twice: " + failed.note(), failed.id().toString()));
    }
}
