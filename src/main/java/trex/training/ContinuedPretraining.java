package trex.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import trex.lm.TokenizedExample;
import trex.model.Recipe;

/// Continued pre-training: the next token of plain text becomes more likely.
///
/// Documents, each with the token that ends a text behind it, lie whole in blocks of the recipe's
/// greatest length wherever they fit one; a block is an example of a step. Longer documents are cut
/// into pieces of that length. Pieces go, longest first, into the fullest block that still has room
/// (best-fit packing, Ding et al. 2024, arXiv 2404.10830), so that next to nothing is padded and no
/// document loses what it began with for being packed. A token sees its own piece only. A piece
/// begins with the last token of the one before, so that every token but the first of a document is
/// predicted once an epoch.
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

    /// Blocks of at most `length` tokens that are run through the model.
    private static List<List<LabelledExample>> blocks(List<TokenizedExample> documents, int length) {
        List<LabelledExample> pieces = new ArrayList<>();
        for (TokenizedExample document : documents) {
            int[] ids = joined(document);
            for (int at = 0; at < ids.length - 1; at += length) {
                int end = Math.min(ids.length, at + length + 1);
                pieces.add(new LabelledExample(document.id(), Arrays.copyOfRange(ids, at, end), 1));
            }
        }
        pieces.sort(Comparator.comparingInt(LabelledExample::inputs).reversed()); // stable: else as they came
        return bestFit(pieces, length);
    }

    /// @param pieces the longest first
    private static List<List<LabelledExample>> bestFit(List<LabelledExample> pieces, int length) {
        List<List<LabelledExample>> blocks = new ArrayList<>();
        TreeMap<Integer, ArrayDeque<List<LabelledExample>>> byRoom = new TreeMap<>();
        for (LabelledExample piece : pieces) {
            Map.Entry<Integer, ArrayDeque<List<LabelledExample>>> fullest = byRoom.ceilingEntry(piece.inputs());
            int room = fullest == null ? length : fullest.getKey();
            List<LabelledExample> block = fullest == null ? new ArrayList<>() : fullest.getValue().removeFirst();
            if (fullest == null) {
                blocks.add(block);
            } else if (fullest.getValue().isEmpty()) {
                byRoom.remove(room);
            }
            block.add(piece);
            byRoom.computeIfAbsent(room - piece.inputs(), _ -> new ArrayDeque<>()).addLast(block);
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
