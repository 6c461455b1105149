package trex.evaluation;

import java.util.ArrayList;
import java.util.List;
import trex.lm.BaseModel;
import trex.lm.ExampleEncoder;
import trex.lm.LanguageModel;
import trex.lm.UnreadableModel;
import trex.model.Example;
import trex.model.Metric;
import trex.model.Score;
import trex.model.Template;

/// Measures models on examples by a metric: the base model, or one with adapters or weights of its
/// own, as it stands in memory.
public final class Evaluator {
    private final Metric metric;
    private final ExampleEncoder encoder;
    private final BaseModel base;
    private final Template template;

    private Evaluator(Metric metric, ExampleEncoder encoder, BaseModel base, Template template) {
        this.metric = metric;
        this.encoder = encoder;
        this.base = base;
        this.template = template;
    }

    /// @param base tokenizer and chat template of the models to be measured
    /// @throws UnreadableModel if the template asks for chat turns and the model has no template
    public static Evaluator of(BaseModel base, Template template, Metric metric) throws UnreadableModel {
        return new Evaluator(metric, ExampleEncoder.of(base, template), base, template);
    }

    private Answering answering(List<Example> examples) {
        return switch (metric) {
            case ACCURACY, MACRO_F1 -> new AnswerComparison(encoder, base.tokenizer(), template.answers());
            case EXACT_MATCH -> FreeAnswers.asLongAs(examples, encoder, base.tokenizer());
            case PREFERENCE_ACCURACY, LOSS -> throw new IllegalArgumentException(metric + " asks for no answers");
        };
    }

    /// Measures a model. The same model and examples give the same score bit for bit.
    ///
    /// @param examples at least one
    /// @throws InterruptedException between batches
    public Evaluation measure(LanguageModel model, List<Example> examples, Progress progress) throws InterruptedException {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("there are no examples to measure");
        }
        return switch (metric) {
            case ACCURACY, MACRO_F1, EXACT_MATCH -> answers(model, examples, progress);
            case PREFERENCE_ACCURACY -> {
                Preferences.Judged judged = new Preferences(encoder).of(model, examples, progress);
                yield new Evaluation(score(judged.predictions()), judged.predictions(), judged.cut());
            }
            case LOSS -> new MeanLoss(encoder).of(model, examples, progress);
        };
    }

    private Evaluation answers(LanguageModel model, List<Example> examples, Progress progress) throws InterruptedException {
        Answering answering = answering(examples);
        int room = model.config().context() - answering.longestAnswer();
        Prompts prompts = Prompts.of(examples, encoder, _ -> room);
        String[] given = answering.answer(model, prompts.ids(), progress);
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < given.length; i++) {
            predictions.add(new Prediction(examples.get(i).id(), examples.get(i).answer(), given[i]));
        }
        return new Evaluation(score(predictions), predictions, prompts.cut());
    }

    private Score score(List<Prediction> predictions) {
        return switch (metric) {
            case ACCURACY, EXACT_MATCH, PREFERENCE_ACCURACY ->
                    Score.proportion(metric, (int) predictions.stream().filter(Prediction::right).count(), predictions.size());
            case MACRO_F1 -> MacroF1.of(predictions);
            case LOSS -> throw new IllegalArgumentException("a loss is not counted from answers");
        };
    }
}
