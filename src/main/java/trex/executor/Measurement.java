package trex.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;
import trex.evaluation.Evaluation;
import trex.evaluation.Evaluator;
import trex.evaluation.Prediction;
import trex.json.Json;
import trex.lm.BaseModel;
import trex.lm.LanguageModel;
import trex.lm.UnreadableModel;
import trex.model.Example;
import trex.model.RunEvent;
import trex.model.Split;

/// Measures models on one split, says how far it is, and keeps the answers.
final class Measurement {
    private final Assignment assignment;
    private final Evaluator evaluator;
    private final String phase;
    private final List<Example> examples;

    Measurement(Assignment assignment, BaseModel base, Split split, List<Example> examples) throws UnreadableModel {
        this.assignment = assignment;
        this.evaluator = Evaluator.of(base, assignment.request().mission().data().template(),
                assignment.request().mission().metric());
        this.phase = "measuring the " + split.name().toLowerCase(java.util.Locale.ROOT) + " split";
        this.examples = examples;
    }

    /// @throws Assignment.StopRequested between batches
    Evaluation of(LanguageModel model) throws InterruptedException {
        assignment.say(new RunEvent.Phase(phase, 0));
        Evaluation evaluation = evaluator.measure(model, examples, (done, total) -> {
            assignment.stopHere();
            assignment.say(new RunEvent.Phase(phase, (double) done / total));
        });
        if (evaluation.cut() > 0) {
            assignment.say(new RunEvent.Notice(evaluation.cut() + " of " + examples.size()
                    + " prompts are longer than the model's context and lost their beginning"));
        }
        return evaluation;
    }

    /// Writes the answers, one a line, in the place of earlier ones.
    void keep(Evaluation evaluation) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Prediction prediction : evaluation.predictions()) {
            lines.append(line(prediction)).append('\n');
        }
        DurableFiles.replace(assignment.predictions(), lines.toString());
    }

    private static String line(Prediction prediction) {
        try {
            return Json.mapper().writeValueAsString(prediction);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a prediction is three texts", e);
        }
    }
}
