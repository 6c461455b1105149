package trex.researcher.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trex.model.Evidence;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.Strategy;

/// The playbook's first recipes, in its order.
record Drafts(Playbook playbook, Bench bench) {
    private static final int MOST_EVIDENCE = 5;

    /// The first draft that fits the mission and was not proposed yet.
    Optional<Strategy> next(String by) {
        return playbook.drafts().stream()
                .filter(d -> d.applies(bench.facts(bench.mission().start())) && !wasProposed(d))
                .flatMap(d -> strategy(d, by).stream())
                .findFirst();
    }

    private boolean wasProposed(Playbook.Draft draft) {
        return bench.tree().nodes().stream().anyMatch(n -> n.strategy().hypothesis().equals(draft.hypothesis()));
    }

    private Optional<Strategy> strategy(Playbook.Draft draft, String by) {
        Recipe start = bench.mission().start();
        List<PlaybookEntry> rules = new ArrayList<>();
        Recipe recipe = start;
        for (String id : draft.entries()) {
            for (PlaybookEntry rule : rules(id, recipe)) {
                Ruling ruling = rule.ruling(bench.facts(recipe));
                RecipeField field = RecipeField.named(rule.field());
                if (!ruling.isForbidden(field, bench.space())) {
                    recipe = ruling.apply(field, recipe, bench.space());
                    rules.add(rule);
                }
            }
        }
        Recipe fitted = bench.fitting().fit(recipe);
        if (!bench.isNew(fitted) || bench.refusals().forbid(start, fitted)) {
            return Optional.empty();
        }
        return Optional.of(new Strategy(Wording.direction(start, fitted), draft.hypothesis(), evidence(rules),
                List.of(fitted), by));
    }

    /// The rule of that name, where it applies to the recipe as those before it have left it.
    private List<PlaybookEntry> rules(String id, Recipe recipe) {
        return playbook.entries().stream()
                .filter(e -> e.id().equals(id) && e.applies(bench.facts(recipe)))
                .toList();
    }

    /// The rules that speak strongest, the draft's own last one always among them.
    private static List<Evidence> evidence(List<PlaybookEntry> rules) {
        return rules.reversed().stream().limit(1)
                .mapMulti((PlaybookEntry last, java.util.function.Consumer<PlaybookEntry> out) -> {
                    out.accept(last);
                    rules.stream()
                            .filter(r -> !r.equals(last))
                            .sorted(java.util.Comparator.comparingDouble(PlaybookEntry::strength).reversed())
                            .limit(MOST_EVIDENCE - 1)
                            .forEach(out);
                })
                .map(PlaybookEntry::evidence)
                .toList();
    }
}
