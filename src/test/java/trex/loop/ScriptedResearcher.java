package trex.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.Strategy;

/// Proposes what the script says for a tree: the same tree, the same proposal.
final class ScriptedResearcher implements Researcher {
    private final Function<ExperimentTree, Strategy> script;
    private final List<Context> seen = new ArrayList<>();

    ScriptedResearcher(Function<ExperimentTree, Strategy> script) {
        this.script = script;
    }

    /// The learning rate of round `n` is `n` thousandths: one recipe a round.
    static ScriptedResearcher oneRecipeARound(int examples) {
        return new ScriptedResearcher(tree -> Fixtures.strategy(
                "Rate number " + tree.nodes().size() + ".", Fixtures.recipe(tree.nodes().size() * 1e-3, examples)));
    }

    List<Context> seen() {
        return seen;
    }

    @Override
    public String name() {
        return "script";
    }

    @Override
    public Strategy propose(Context context, Node parent) {
        seen.add(context);
        return script.apply(context.tree());
    }
}
