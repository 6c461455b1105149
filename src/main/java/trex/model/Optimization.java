package trex.model;

/// How the weights move.
///
/// @param learningRate peak rate, `1e-8..1`
/// @param epochs passes over the training examples, above 0 and at most 100; may be a fraction
/// @param batchSize examples of one optimizer step and one packed row, `1..1024`
/// @param accumulation batches whose gradients are summed before a step, `1..256`
/// @param warmupRatio share of the steps spent on a linear rise, `0..0.5`
/// @param weightDecay decoupled decay, `0..1`
/// @param clipNorm largest gradient norm; larger gradients are scaled down to it; above 0
/// @param noise size of the uniform noise on the embeddings of a step, `0..100`; 0 none (NEFTune's
///     alpha, Jain et al. 2023, arXiv 2310.05914)
public record Optimization(
        double learningRate,
        double epochs,
        int batchSize,
        int accumulation,
        double warmupRatio,
        Schedule schedule,
        double weightDecay,
        double clipNorm,
        Optimizer optimizer,
        double noise) {
    public Optimization {
        refuse("learningRate", learningRate, 1e-8, 1);
        refuse("epochs", epochs, 1e-3, 100);
        refuse("batchSize", batchSize, 1, 1024);
        refuse("accumulation", accumulation, 1, 256);
        refuse("warmupRatio", warmupRatio, 0, 0.5);
        refuse("weightDecay", weightDecay, 0, 1);
        refuse("clipNorm", clipNorm, 1e-6, 1e6);
        refuse("noise", noise, 0, 100);
    }

    /// AdamW without noise.
    public Optimization(double learningRate, double epochs, int batchSize, int accumulation, double warmupRatio,
            Schedule schedule, double weightDecay, double clipNorm) {
        this(learningRate, epochs, batchSize, accumulation, warmupRatio, schedule, weightDecay, clipNorm,
                Optimizer.ADAMW, 0);
    }

    /// Examples that one optimizer step learns from.
    public int examplesAStep() {
        return batchSize * accumulation;
    }

    public Optimization withLearningRate(double changed) {
        return new Optimization(changed, epochs, batchSize, accumulation, warmupRatio, schedule, weightDecay, clipNorm,
                optimizer, noise);
    }

    public Optimization withEpochs(double changed) {
        return new Optimization(learningRate, changed, batchSize, accumulation, warmupRatio, schedule, weightDecay, clipNorm,
                optimizer, noise);
    }

    public Optimization withBatchSize(int changed) {
        return new Optimization(learningRate, epochs, changed, accumulation, warmupRatio, schedule, weightDecay, clipNorm,
                optimizer, noise);
    }

    public Optimization withAccumulation(int changed) {
        return new Optimization(learningRate, epochs, batchSize, changed, warmupRatio, schedule, weightDecay, clipNorm,
                optimizer, noise);
    }

    public Optimization withWarmupRatio(double changed) {
        return new Optimization(learningRate, epochs, batchSize, accumulation, changed, schedule, weightDecay, clipNorm,
                optimizer, noise);
    }

    public Optimization withSchedule(Schedule changed) {
        return new Optimization(learningRate, epochs, batchSize, accumulation, warmupRatio, changed, weightDecay, clipNorm,
                optimizer, noise);
    }

    public Optimization withWeightDecay(double changed) {
        return new Optimization(learningRate, epochs, batchSize, accumulation, warmupRatio, schedule, changed, clipNorm,
                optimizer, noise);
    }

    public Optimization withOptimizer(Optimizer changed) {
        return new Optimization(learningRate, epochs, batchSize, accumulation, warmupRatio, schedule, weightDecay, clipNorm,
                changed, noise);
    }

    public Optimization withNoise(double changed) {
        return new Optimization(learningRate, epochs, batchSize, accumulation, warmupRatio, schedule, weightDecay, clipNorm,
                optimizer, changed);
    }

    private static void refuse(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException("recipe: " + field + " must be " + min + ".." + max + ", got " + value);
        }
    }
}
