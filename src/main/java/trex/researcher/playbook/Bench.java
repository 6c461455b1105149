package trex.researcher.playbook;

import java.util.List;
import java.util.function.Function;
import trex.loop.Researcher;
import trex.model.DataProfile;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.search.Allowance;
import trex.search.BaseModel;
import trex.search.CostModel;
import trex.search.DraftsFirst;
import trex.search.Lineage;
import trex.search.MemoryContext;
import trex.search.Proposing;
import trex.search.Trial;
import trex.search.planner.History;
import trex.search.planner.Planner;
import trex.search.planner.RecipeHistory;
import trex.search.planner.RecipeSpace;

/// All that one proposal works with.
///
/// @param parent the node the proposal departs from
/// @param trials every variant so far
/// @param isDrafting whether the baseline is still getting its first children
/// @param stories what a run has said
record Bench(
        Mission mission,
        DataProfile profile,
        ExperimentTree tree,
        Node parent,
        RecipeSpace space,
        History history,
        List<Trial> trials,
        Planner planner,
        Fitting fitting,
        Refusals refusals,
        boolean isDrafting,
        Function<RunId, List<RunEvent>> stories) {
    private static final int CANDIDATES = 64;

    Bench {
        trials = List.copyOf(trials);
    }

    static Bench of(Researcher.Context context, Node parent) {
        Mission mission = context.mission();
        ExperimentTree tree = context.tree();
        RecipeSpace space = RecipeSpace.of(mission, context.profile(), BaseModel.of(tree));
        Allowance round = Allowance.next(mission.budget(), tree, context.secondsLeft());
        int recipes = isDrafting(tree, parent, context.proposing()) ? 1 : context.proposing().variants();
        Fitting fitting = new Fitting(CostModel.of(tree), round.dividedBy(recipes),
                Math.max(1, context.profile().rows()), space);
        return new Bench(mission, context.profile(), tree, parent, space, RecipeHistory.of(tree, space),
                Trial.of(tree), new Planner(space.space(), context.proposing().screen(), CANDIDATES), fitting,
                Refusals.of(tree, mission), isDrafting(tree, parent, context.proposing()), context.stories());
    }

    /// What rules on a recipe may ask about.
    Facts facts(Recipe recipe) {
        return Facts.of(recipe, mission, profile, BaseModel.of(tree));
    }

    /// What is remembered of moves below the parent.
    Recollection recollection() {
        return new Recollection(MemoryContext.of(tree, parent.id()), tree, mission);
    }

    /// The recipe that edits depart from.
    Recipe origin() {
        return Lineage.origin(parent, mission);
    }

    /// The best recipe so far, the mission's start before there is one.
    Recipe bestRecipe() {
        return tree.best().map(n -> Lineage.origin(n, mission)).orElse(mission.start());
    }

    /// Whether the baseline is still getting its first children.
    private static boolean isDrafting(ExperimentTree tree, Node parent, Proposing proposing) {
        long good = tree.children(NodeId.BASELINE).stream()
                .filter(n -> !n.state().isDeclined() && n.state() != NodeState.FAILED)
                .count();
        return proposing.drafts() && parent.parent() == null && good < DraftsFirst.DRAFTS;
    }

    /// Whether no variant so far has all the same fields.
    boolean isNew(Recipe recipe) {
        return trials.stream().noneMatch(t -> t.recipe().seed() == recipe.seed()
                && t.recipe().differenceFrom(recipe).isEmpty()
                && t.recipe().maxLength() == recipe.maxLength());
    }
}
