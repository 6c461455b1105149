package trex.training;

import trex.lm.LanguageModel;
import trex.model.Score;

/// Measures the validation split.
@FunctionalInterface
public interface Validator {
    Score measure(LanguageModel model) throws InterruptedException;
}
