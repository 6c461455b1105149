package trex.researcher.playbook;

import java.util.List;
import java.util.Optional;
import trex.model.Evidence;
import trex.model.Node;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Strategy;

/// Acts on what the training of a node has shown: each rule that its course calls for is tried once
/// below that node.
record Advice(Playbook playbook, Bench bench) {
    /// The strongest rule that is called for and was not tried here.
    Optional<Strategy> next(String by) {
        Run run = bench.parent().bestRun();
        return run != null && run.outcome() instanceof RunOutcome.Completed(var score, _, _)
                ? Signs.of(bench.stories().apply(run.id()), score).flatMap(signs -> next(run, signs, by))
                : Optional.empty();
    }

    private Optional<Strategy> next(Run run, Signs signs, String by) {
        Facts facts = bench.facts(bench.origin()).and(signs.facts());
        return playbook.matching(facts, Signs.NAMES).stream()
                .filter(rule -> !wasTried(rule))
                .flatMap(rule -> strategy(rule, facts, run, signs, by).stream())
                .findFirst();
    }

    private boolean wasTried(PlaybookEntry rule) {
        return bench.tree().children(bench.parent().id()).stream()
                .map(Node::strategy)
                .anyMatch(s -> s.evidence().stream().anyMatch(e -> e.id().equals(rule.id())));
    }

    private Optional<Strategy> strategy(PlaybookEntry rule, Facts facts, Run run, Signs signs, String by) {
        Recipe origin = bench.origin();
        RecipeField field = RecipeField.named(rule.field());
        Ruling ruling = rule.ruling(facts);
        if (ruling.isForbidden(field, bench.space())) {
            return Optional.empty();
        }
        Recipe recipe = bench.fitting().fit(ruling.apply(field, origin, bench.space()));
        if (!bench.isNew(recipe) || bench.refusals().forbid(origin, recipe) || bench.mission().objection(recipe).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Strategy(Wording.direction(origin, recipe),
                "What " + bench.parent().id() + " has shown calls for it: " + rule.statement(),
                List.of(rule.evidence(), new Evidence("curve", signs.text() + ".", "run " + run.id())), List.of(recipe), by));
    }
}
