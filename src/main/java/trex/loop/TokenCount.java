package trex.loop;

import trex.model.Recipe;
import trex.model.RunEvent;
import trex.model.Work;

/// Counts the tokens of a training by its steps, each once: a run that is found again says them once
/// more. Those that a language model is asked for count too. Thread-safe.
final class TokenCount {
    private final int examplesAStep;
    private int last;
    private double sum;
    private long asked;

    TokenCount(Work work) {
        this.examplesAStep = switch (work) {
            case Work.Train(Recipe recipe) -> recipe.optimization().examplesAStep();
            case Work.Measure _ -> 0;
        };
    }

    synchronized void hear(RunEvent event) {
        if (event instanceof RunEvent.Step step && step.step() > last && step.examplesPerSecond() > 0) {
            last = step.step();
            sum += step.tokensPerSecond() / step.examplesPerSecond() * examplesAStep;
        } else if (event instanceof RunEvent.Asked(long tokens)) {
            asked = Math.max(asked, tokens);
        }
    }

    synchronized double sum() {
        return sum + asked;
    }
}
