package trex.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import trex.lm.ExampleEncoder;
import trex.lm.LanguageModel;
import trex.model.Example;
import trex.model.RowForm;

/// Which of the given answers a model finds likelier, by the mean log-likelihood of a token: sums
/// would prefer whatever is shorter.
record Preferences(ExampleEncoder encoder) {
    static final String GOOD = "good";
    static final String BAD = "bad";

    /// The preferred answer of each pair; of rated answers what each is taken for.
    Judged of(LanguageModel model, List<Example> examples, Progress progress) throws InterruptedException {
        GivenAnswers given = GivenAnswers.of(examples, encoder, model.config().context());
        double[][] means = given.means(model, progress);
        boolean pairs = examples.getFirst().form() == RowForm.COMPARED;
        return new Judged(pairs ? preferred(examples, means) : sorted(examples, means), given.cut());
    }

    record Judged(List<Prediction> predictions, int cut) {}

    private static List<Prediction> preferred(List<Example> examples, double[][] means) {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < means.length; i++) {
            Example example = examples.get(i);
            String worse = Objects.requireNonNull(example.rejected(), "a pair without a rejected answer");
            predictions.add(new Prediction(example.id(), example.answer(),
                    means[i][0] > means[i][1] ? example.answer() : worse));
        }
        return predictions;
    }

    /// As many as are good, those of the highest means, are taken for good; of equal ones the bad ones first, lest a
    /// model that tells nothing apart gain by the order of the rows.
    private static List<Prediction> sorted(List<Example> examples, double[][] means) {
        int good = (int) examples.stream().filter(Preferences::isGood).count();
        Set<Integer> taken = new HashSet<>(IntStream.range(0, means.length).boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -means[i][0]).thenComparing(i -> isGood(examples.get(i))))
                .limit(good).toList());
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < means.length; i++) {
            predictions.add(new Prediction(examples.get(i).id(), isGood(examples.get(i)) ? GOOD : BAD,
                    taken.contains(i) ? GOOD : BAD));
        }
        return predictions;
    }

    private static boolean isGood(Example example) {
        return Boolean.TRUE.equals(example.good());
    }
}
