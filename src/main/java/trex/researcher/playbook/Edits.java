package trex.researcher.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import trex.model.Evidence;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.ResearchDirection;
import trex.model.Strategy;
import trex.search.Move;
import trex.search.planner.History;
import trex.search.planner.Proposal;

/// Recipes by the numeric planner.
record Edits(Playbook playbook, Bench bench, Random random) {
    /// A recipe far from all others, with as many examples as the round may cost.
    Optional<Strategy> fill(String by) {
        Recipe base = bench.bestRecipe();
        Candidates candidates = new Candidates(bench, base, this::sameSize, List.of());
        return bench.planner().fill(bench.history(), candidates, random)
                .map(p -> candidates.recipe(p.point()))
                .map(r -> new Strategy(ResearchDirection.ADJUST_TRAINING,
                        "A recipe far from all that was tried shows whether the good region lies elsewhere.",
                        List.of(new Evidence("planner", "Fills the space: farthest of many drawn recipes from all others.",
                                bench.history().points().size() + " recipes so far")),
                        List.of(r), by));
    }

    /// One to `count` recipes, each picked as if those before it had got what is expected of them.
    Optional<Strategy> next(int count, String by) {
        List<Recipe> recipes = new ArrayList<>();
        History history = bench.history();
        Optional<Proposal> first = Optional.empty();
        for (int i = 0; i < count; i++) {
            Candidates candidates = new Candidates(bench, base(), this::sized, recipes);
            Optional<Proposal> proposal = propose(history, candidates);
            if (proposal.isEmpty()) {
                break;
            }
            first = first.or(() -> proposal);
            history = history.withPending(proposal.get().point());
            recipes.add(candidates.recipe(proposal.get().point()));
        }
        return first.map(p -> strategy(p, recipes, by));
    }

    private Optional<Proposal> propose(History history, Candidates candidates) {
        return bench.parent().parent() == null
                ? bench.planner().draft(history, candidates, random)
                : bench.planner().edit(history, bench.space().point(base()), candidates, random);
    }

    private Recipe base() {
        return bench.parent().parent() == null ? bench.bestRecipe() : bench.origin();
    }

    /// Early rounds are cut to what they may cost; late ones use all of it.
    private Recipe sized(Recipe recipe) {
        Recipe fitted = bench.fitting().fit(recipe);
        return bench.fitting().allowance().isLate() ? bench.fitting().stretch(fitted) : fitted;
    }

    /// With the examples and passes of the start, so that recipes far apart compare fairly.
    private Recipe sameSize(Recipe recipe) {
        Recipe start = bench.mission().start();
        return bench.fitting().fit(RecipeField.named("epochs").with(
                RecipeField.named("examples").with(recipe, RecipeField.named("examples").text(start)),
                RecipeField.named("epochs").text(start)));
    }

    private Strategy strategy(Proposal proposal, List<Recipe> recipes, String by) {
        Recipe recipe = recipes.getFirst();
        Recipe origin = bench.origin();
        List<Move> moves = Move.between(origin, recipe);
        List<Evidence> evidence = new ArrayList<>(Wording.planner(bench.tree(), proposal));
        evidence.addAll(Wording.insights(bench.tree(), moves));
        evidence.addAll(bench.recollection().of(origin, recipe));
        evidence.addAll(rules(moves, recipe));
        String hypothesis = bench.parent().parent() == null
                ? "A new start from what all nodes have shown" + Wording.expectation(proposal) + "."
                : Wording.edit(bench.parent(), origin, recipe, proposal);
        return new Strategy(Wording.direction(origin, recipe), hypothesis, evidence, recipes, by);
    }

    /// Rules of the playbook that ask for one of the moves.
    private List<Evidence> rules(List<Move> moves, Recipe recipe) {
        return playbook.matching(bench.facts(recipe)).stream()
                .filter(e -> moves.stream().anyMatch(m -> asks(e, m, recipe)))
                .map(PlaybookEntry::evidence)
                .toList();
    }

    private static boolean asks(PlaybookEntry entry, Move move, Recipe recipe) {
        if (!entry.field().equals(move.field())) {
            return false;
        }
        String ruling = entry.ruling();
        String factor = ruling.startsWith("* ") ? ruling.substring(2).split(";", -1)[0] : "1";
        return ruling.equals("= " + RecipeField.named(entry.field()).text(recipe).toLowerCase(Locale.ROOT))
                || (move.to().equals("up") && (Double.parseDouble(factor) > 1 || ruling.startsWith(">=")))
                || (move.to().equals("down") && (Double.parseDouble(factor) < 1 || ruling.startsWith("<=")));
    }
}
