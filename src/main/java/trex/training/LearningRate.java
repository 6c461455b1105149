package trex.training;

import trex.model.Optimization;

/// The learning rate of each step: a straight rise over the warm-up steps, then the schedule.
final class LearningRate {
    /// Share of the steps after warm-up in which a stable rate falls.
    private static final double DECAY = 0.2;

    private final Optimization optimization;
    private final int steps;
    private final int warmup;

    LearningRate(Optimization optimization, int steps) {
        this.optimization = optimization;
        this.steps = steps;
        this.warmup = (int) Math.round(optimization.warmupRatio() * steps);
    }

    /// @param step 1-based
    double at(int step) {
        double peak = optimization.learningRate();
        if (step <= warmup) {
            return peak * step / warmup;
        }
        double done = (double) (step - 1 - warmup) / (steps - warmup);
        return switch (optimization.schedule()) {
            case CONSTANT -> peak;
            case LINEAR -> peak * (1 - done);
            case COSINE -> peak * (1 + Math.cos(Math.PI * done)) / 2;
            case STABLE_DECAY -> peak * Math.min(1, (1 - done) / DECAY);
        };
    }
}
