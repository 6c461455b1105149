package trex.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trex.lm.TokenizedExample;
import trex.model.Recipe;

/// Continued pre-training: the next token of plain text becomes more likely.
///
/// Documents, each with the token that ends a text behind it, lie one after another and are cut into
/// blocks of the recipe's greatest length; a block is an example of a step. Nothing is padded, and a
/// token sees its own document only, from where its block begins. What goes on in the next block
/// begins there with the last token of the block before, so that every token but the first of a
/// document is predicted once an epoch.
public final class ContinuedPretraining implements Objective {
    private final List<List<LabelledExample>> blocks;
    private final int atOnce;

    private ContinuedPretraining(List<List<LabelledExample>> blocks, int atOnce) {
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException("there are no training examples");
        }
        this.blocks = blocks;
        this.atOnce = atOnce;
    }

    /// @param documents prompt and completion together are one document
    public static ContinuedPretraining of(Recipe recipe, List<TokenizedExample> documents) {
        return new ContinuedPretraining(blocks(documents, recipe.maxLength()), recipe.optimization().batchSize());
    }

    /// Blocks of `length` tokens that are run through the model, but the last one.
    private static List<List<LabelledExample>> blocks(List<TokenizedExample> documents, int length) {
        List<List<LabelledExample>> blocks = new ArrayList<>();
        List<LabelledExample> open = new ArrayList<>();
        int free = length;
        for (TokenizedExample document : documents) {
            int[] ids = joined(document);
            int at = 0;
            while (at < ids.length - 1) {
                int taken = Math.min(free, ids.length - 1 - at);
                open.add(new LabelledExample(document.id(), Arrays.copyOfRange(ids, at, at + taken + 1), 1));
                at += taken;
                free -= taken;
                if (free == 0) {
                    blocks.add(List.copyOf(open));
                    open.clear();
                    free = length;
                }
            }
        }
        if (!open.isEmpty()) {
            blocks.add(List.copyOf(open));
        }
        return blocks;
    }

    private static int[] joined(TokenizedExample document) {
        int[] ids = Arrays.copyOf(document.prompt(), document.length());
        System.arraycopy(document.completion(), 0, ids, document.prompt().length, document.completion().length);
        return ids;
    }

    @Override
    public int size() {
        return blocks.size();
    }

    /// Of a block, the document that it begins with.
    @Override
    public String id(int example) {
        return blocks.get(example).getFirst().id();
    }

    @Override
    public List<LabelledExample> sequences() {
        return blocks.stream().flatMap(List::stream).toList();
    }

    @Override
    public Descended descend(int[] chosen, Passes model) {
        return new Descended(TokenLoss.descend(Arrays.stream(chosen).mapToObj(blocks::get).toList(), atOnce, model));
    }
}
