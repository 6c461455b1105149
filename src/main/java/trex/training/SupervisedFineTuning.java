package trex.training;

import java.util.Arrays;
import java.util.List;
import trex.lm.TokenizedExample;
import trex.model.Recipe;

/// Supervised fine-tuning: the next token of each example's answer (or of all of it) becomes more
/// likely. The loss is the mean over the step's label tokens.
public final class SupervisedFineTuning implements Objective {
    private final List<LabelledExample> examples;
    private final int atOnce;

    private SupervisedFineTuning(List<LabelledExample> examples, int atOnce) {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("there are no training examples");
        }
        this.examples = examples;
        this.atOnce = atOnce;
    }

    /// @param examples longer ones than the recipe allows are cut
    public static SupervisedFineTuning of(Recipe recipe, List<TokenizedExample> examples) {
        return new SupervisedFineTuning(
                examples.stream().map(e -> LabelledExample.of(e, recipe.lossOn(), recipe.maxLength())).toList(),
                recipe.optimization().batchSize());
    }

    @Override
    public int size() {
        return examples.size();
    }

    @Override
    public String id(int example) {
        return examples.get(example).id();
    }

    @Override
    public List<LabelledExample> sequences() {
        return examples;
    }

    @Override
    public Descended descend(int[] chosen, Passes model) {
        return new Descended(TokenLoss.descend(
                Arrays.stream(chosen).mapToObj(i -> List.of(examples.get(i))).toList(), atOnce, model));
    }
}
