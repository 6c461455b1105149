package trex.model;

/// How the weights move: AdamW (Loshchilov and Hutter, arXiv 1711.05101) with warm-up and decay.
///
/// @param learningRate peak rate, `1e-7..1`
/// @param epochs passes over the training examples, above 0 and at most 100; may be a fraction
/// @param batchSize examples of one optimizer step and one packed row, `1..1024`
/// @param accumulation batches whose gradients are summed before a step, `1..256`
/// @param warmupRatio share of the steps spent on a linear rise, `0..0.5`
/// @param weightDecay decoupled decay, `0..1`
/// @param clipNorm largest gradient norm; larger gradients are scaled down to it; above 0
public record Optimization(
        double learningRate,
        double epochs,
        int batchSize,
        int accumulation,
        double warmupRatio,
        Schedule schedule,
        double weightDecay,
        double clipNorm) {
    public Optimization {
        refuse("learningRate", learningRate, 1e-7, 1);
        refuse("epochs", epochs, 1e-3, 100);
        refuse("batchSize", batchSize, 1, 1024);
        refuse("accumulation", accumulation, 1, 256);
        refuse("warmupRatio", warmupRatio, 0, 0.5);
        refuse("weightDecay", weightDecay, 0, 1);
        refuse("clipNorm", clipNorm, 1e-6, 1e6);
    }

    private static void refuse(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException("recipe: " + field + " must be " + min + ".." + max + ", got " + value);
        }
    }
}
