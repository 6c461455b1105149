package trex.search;

import java.util.ArrayList;
import java.util.List;
import trex.model.DataOperator;
import trex.model.DataProfile;
import trex.model.ExperimentTree;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Work;

/// What it will take to ask a language model about a recipe's training rows: their number times their
/// length. What a completed run asked before is not asked again.
///
/// @param tokens of questions and answers
/// @param seconds at the pace of the askings so far; 0 before the first
public record AskingCost(double tokens, double seconds) {
    private static final double CHARACTERS_A_TOKEN = 4;
    /// Words around the rows of a question.
    private static final double WORDING = 400;
    private static final double SCORE = 8;
    private static final int ROWS_OF_A_WRITTEN_ONE = 5; // four to learn from, and itself

    /// @param profile of the training split
    public static AskingCost of(Recipe recipe, DataProfile profile, ExperimentTree tree) {
        double characters = 0;
        double rows = profile.rows();
        List<DataOperator> operators = recipe.data().operators();
        for (int i = 0; i < operators.size(); i++) {
            if (operators.get(i).asksModel() && !isAnswered(question(recipe, i), tree)) {
                characters += characters(operators.get(i), rows, profile);
            }
            rows = operators.get(i).rowsOf(rows);
        }
        double tokens = characters / CHARACTERS_A_TOKEN;
        return new AskingCost(tokens, tokens * secondsAToken(tree));
    }

    private static double characters(DataOperator operator, double rows, DataProfile profile) {
        double row = profile.meanPromptCharacters() + profile.meanAnswerCharacters();
        return switch (operator) {
            case DataOperator.ScoreRows(String criterion, _) -> rows * (WORDING + criterion.length() + row + SCORE);
            case DataOperator.GenerateRows(int count, String wish) ->
                    count * (WORDING + wish.length() + ROWS_OF_A_WRITTEN_ONE * row);
            default -> Math.min(rows, DataOperator.SelectDiverse.POOL) * profile.meanPromptCharacters(); // embeddings
        };
    }

    /// All that the questions of a recipe's operator hang on. Scores do not hang on the least one that is
    /// kept, nor on the order of the rows.
    private static List<Object> question(Recipe recipe, int at) {
        List<Object> question = new ArrayList<>(recipe.data().operators().subList(0, at));
        switch (recipe.data().operators().get(at)) {
            case DataOperator.ScoreRows(String criterion, _) -> question.add(criterion);
            case DataOperator.GenerateRows written -> question.addAll(List.of(written, recipe.seed()));
            default -> question.add("embeddings");
        }
        return question;
    }

    private static boolean isAnswered(List<Object> question, ExperimentTree tree) {
        return runs(tree).stream()
                .filter(run -> run.outcome() instanceof RunOutcome.Completed)
                .map(Run::work)
                .anyMatch(work -> work instanceof Work.Train(Recipe earlier) && asks(earlier, question));
    }

    private static boolean asks(Recipe recipe, List<Object> question) {
        List<DataOperator> operators = recipe.data().operators();
        for (int i = 0; i < operators.size(); i++) {
            if (operators.get(i).asksModel() && question(recipe, i).equals(question)) {
                return true;
            }
        }
        return false;
    }

    private static double secondsAToken(ExperimentTree tree) {
        double seconds = 0;
        double tokens = 0;
        for (Run run : runs(tree)) {
            RunOutcome outcome = run.outcome();
            seconds += outcome == null ? 0 : outcome.cost().askingSeconds();
            tokens += outcome == null ? 0 : outcome.cost().askedTokens();
        }
        return tokens == 0 ? 0 : seconds / tokens;
    }

    private static List<Run> runs(ExperimentTree tree) {
        return tree.nodes().stream().flatMap(node -> node.runs().stream()).toList();
    }
}
