package trex.researcher.playbook;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import trex.loop.Researcher;
import trex.model.Node;
import trex.model.Strategy;
import trex.search.Proposing;

/// The built-in Researcher. Deterministic: the same tree gets the same proposal.
///
/// First a failed child is repaired; then what the training of a preference has shown is acted on;
/// then the baseline gets the playbook's drafts and points that fill the space; then the chosen node's
/// best recipe is edited in one to three fields, picked by expected improvement, and sized so that all
/// rounds fit into the budget. It never proposes a recipe that was run or rejected.
public final class PlaybookResearcher implements Researcher {
    public static final String NAME = "built-in planner (no language model)";

    private final Playbook playbook;

    public PlaybookResearcher() {
        this(Playbook.builtIn());
    }

    public PlaybookResearcher(Playbook playbook) {
        this.playbook = playbook;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Strategy propose(Context context, Node parent) {
        Bench bench = Bench.of(context, parent);
        Random random = new Random(context.mission().seed() * 1_000_003 + context.tree().nodes().size());
        return repair(bench)
                .or(() -> advised(bench, context.proposing()))
                .or(() -> draft(bench))
                .or(() -> planned(bench, random, context.proposing().variants()))
                .orElseGet(() -> again(bench));
    }

    private Optional<Strategy> repair(Bench bench) {
        return Repair.of(bench.tree(), bench.parent(), bench.mission())
                .filter(r -> bench.isNew(r.recipe()))
                .map(r -> new Strategy(Wording.direction(bench.origin(), r.recipe()), r.hypothesis(), r.evidence(),
                        List.of(r.recipe()), NAME));
    }

    private Optional<Strategy> advised(Bench bench, Proposing proposing) {
        return proposing.drafts() ? new Advice(playbook, bench).next(NAME) : Optional.empty();
    }

    private Optional<Strategy> draft(Bench bench) {
        return bench.isDrafting() ? new Drafts(playbook, bench).next(NAME) : Optional.empty();
    }

    private Optional<Strategy> planned(Bench bench, Random random, int variants) {
        Edits edits = new Edits(playbook, bench, random);
        return bench.isDrafting() ? edits.fill(NAME) : edits.next(variants, NAME);
    }

    /// Where no new recipe is left: the best one with another seed tells luck from merit.
    private static Strategy again(Bench bench) {
        return new Strategy(trex.model.ResearchDirection.ADJUST_TRAINING,
                "No untried recipe is left within the mission's bounds; another seed tells whether the best was lucky.",
                List.of(), List.of(bench.bestRecipe().withSeed(bench.tree().nodes().size())), NAME);
    }
}
