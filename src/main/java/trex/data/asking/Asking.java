package trex.data.asking;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import trex.data.BrokenData;
import trex.data.HeldOut;
import trex.data.operator.Operators;
import trex.model.DataOperator;
import trex.model.Example;

/// Carries out the operators that ask a language model.
public final class Asking {
    /// What to do where there is none.
    public static final String HOW_TO_CONFIGURE = "no language model is configured: set TREX_LLM_URL to the address of an "
            + "OpenAI-compatible service (for example http://localhost:11434/v1), TREX_LLM_MODEL to a model's name, and "
            + "TREX_LLM_KEY where the service wants a key";

    private static final int TEXTS_A_REQUEST = 64;

    private final AskedModel asked;
    private final Questions questions;
    private final List<String> allowed;
    private final @Nullable HeldOut heldOut;

    /// @param allowed the template's allowed answers
    /// @param heldOut what written rows must not touch, or null where it is not known
    public Asking(AskedModel asked, List<String> allowed, @Nullable HeldOut heldOut) {
        this.asked = asked;
        this.questions = new Questions(asked);
        this.allowed = List.copyOf(allowed);
        this.heldOut = heldOut;
    }

    /// @param operator one that asks
    /// @param rows at least one, in their order
    /// @throws BrokenData where the model cannot be asked, or its answers cannot be used
    public Asked apply(DataOperator operator, List<Example> rows, long seed) throws BrokenData, InterruptedException {
        long spent = questions.purse().spent();
        int paid = questions.purse().paid();
        Asked done = switch (operator) {
            case DataOperator.ScoreRows(String criterion, double least) ->
                    new Scoring(questions, asked.model().identity()).atLeast(rows, criterion, least);
            case DataOperator.GenerateRows(int count, String wish) ->
                    new Writing(questions, allowed, known(), seed).added(rows, count, wish);
            case DataOperator.SelectDiverse _, DataOperator.DropAlike _ ->
                    new Asked(new Operators(seed).apply(operator, rows, embeddings(rows)), "");
            default -> throw new IllegalArgumentException(Operators.name(operator) + " asks no language model");
        };
        return done.and(String.format(Locale.ROOT, "%,d questions to %s for %,d tokens, the others were answered before",
                questions.purse().paid() - paid, asked.model().identity(), questions.purse().spent() - spent));
    }

    private List<float[]> embeddings(List<Example> rows) throws BrokenData, InterruptedException {
        List<String> texts = rows.stream().limit(DataOperator.SelectDiverse.POOL).map(row -> Prompt.shown(row.text())).toList();
        return questions.embed(texts, TEXTS_A_REQUEST);
    }

    private HeldOut known() throws BrokenData {
        if (heldOut == null) {
            throw new BrokenData("generate rows: what written rows must not touch is not kept with these splits; "
                    + "they were cut by an older version: start a new study");
        }
        return heldOut;
    }
}
