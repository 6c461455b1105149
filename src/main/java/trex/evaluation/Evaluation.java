package trex.evaluation;

import java.util.List;
import trex.model.Score;

/// A measured score with the answers behind it.
///
/// @param predictions one an example, in the examples' order; none where no answer is right or wrong
/// @param cut number of examples whose prompt lost its front because the model's context is shorter
public record Evaluation(Score score, List<Prediction> predictions, int cut) {
    public Evaluation {
        predictions = List.copyOf(predictions);
    }
}
