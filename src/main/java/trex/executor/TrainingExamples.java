package trex.executor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import trex.lm.ExampleEncoder;
import trex.lm.TokenizedExample;
import trex.model.Example;
import trex.model.Procedure;
import trex.model.Recipe;
import trex.training.AnswerPair;
import trex.training.ContinuedPretraining;
import trex.training.KtoTuning;
import trex.training.Objective;
import trex.training.PreferenceTuning;
import trex.training.RatedAnswer;
import trex.training.SupervisedFineTuning;

/// Training rows as token ids, in the form that a recipe's procedure learns from.
///
/// @param longest tokens of the longest sequence before any is cut
/// @param cut number of rows that are longer than the recipe allows
record TrainingExamples(Objective objective, int longest, long cut) {
    /// @param rows of a form that the procedure can learn from, at least one
    static TrainingExamples of(Recipe recipe, List<Example> rows, ExampleEncoder encoder) {
        return switch (recipe.procedure()) {
            case Procedure.Supervised _ -> {
                List<TokenizedExample> examples = encoded(rows, encoder);
                yield measured(recipe, SupervisedFineTuning.of(recipe, examples), examples);
            }
            case Procedure.ContinuedPretraining _ -> {
                List<TokenizedExample> documents = encoded(rows, encoder);
                yield new TrainingExamples(ContinuedPretraining.of(recipe, documents), longest(documents), 0);
            }
            case Procedure.Preference preference -> {
                List<AnswerPair> pairs = rows.stream().map(row -> pair(row, encoder)).toList();
                yield measured(recipe, PreferenceTuning.of(recipe, preference, pairs),
                        pairs.stream().map(TrainingExamples::longer).toList());
            }
            case Procedure.Kto kto -> {
                List<RatedAnswer> rated = rated(rows, encoder);
                yield measured(recipe, KtoTuning.of(recipe, kto, rated), rated.stream().map(RatedAnswer::example).toList());
            }
        };
    }

    private static TrainingExamples measured(Recipe recipe, Objective objective, List<TokenizedExample> examples) {
        return new TrainingExamples(objective, longest(examples),
                examples.stream().filter(e -> e.length() > recipe.maxLength()).count());
    }

    private static int longest(List<TokenizedExample> examples) {
        return examples.stream().mapToInt(TokenizedExample::length).max().orElseThrow();
    }

    private static List<TokenizedExample> encoded(List<Example> rows, ExampleEncoder encoder) {
        return rows.stream().map(encoder::encode).toList();
    }

    private static AnswerPair pair(Example row, ExampleEncoder encoder) {
        return new AnswerPair(encoder.encode(row), encoder.completion(
                Objects.requireNonNull(row.rejected(), "a pair without a rejected answer")));
    }

    private static TokenizedExample longer(AnswerPair pair) {
        TokenizedExample chosen = pair.chosen();
        return pair.rejected().length <= chosen.completion().length
                ? chosen
                : new TokenizedExample(chosen.id(), chosen.prompt(), pair.rejected());
    }

    /// Of pairs first the good answers and then the bad ones, so that neighbours answer different
    /// prompts.
    private static List<RatedAnswer> rated(List<Example> rows, ExampleEncoder encoder) {
        List<TokenizedExample> answers = encoded(rows, encoder);
        List<RatedAnswer> rated = new ArrayList<>();
        List<RatedAnswer> rejected = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            TokenizedExample answer = answers.get(i);
            String worse = rows.get(i).rejected();
            rated.add(new RatedAnswer(answer, !Boolean.FALSE.equals(rows.get(i).good())));
            if (worse != null) {
                rejected.add(new RatedAnswer(
                        new TokenizedExample(answer.id(), answer.prompt(), encoder.completion(worse)), false));
            }
        }
        rated.addAll(rejected);
        return rated;
    }
}
