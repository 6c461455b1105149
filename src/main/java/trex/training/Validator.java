package trex.training;

import trex.lm.LanguageModel;
import trex.model.Score;

/// Measures the validation split.
@FunctionalInterface
public interface Validator {
    /// @throws Stopped where the run is to end: the same measurement is made when it goes on
    Score measure(LanguageModel model) throws Stopped, InterruptedException;

    /// A measurement that was given up because the run is to end.
    final class Stopped extends Exception {
        private static final long serialVersionUID = 1;

        public Stopped() {
            super("asked to stop while measuring");
        }
    }
}
