package trex.lm;

/// How rotary frequencies are slowed for contexts longer than the model was first trained on.
public sealed interface RopeScaling {
    /// Not at all.
    record None() implements RopeScaling {}

    /// All by one factor.
    record Linear(double factor) implements RopeScaling {}

    /// The slow ones by `factor`, the fast ones not, those between in part (Llama 3.1).
    ///
    /// @param lowFrequency waves longer than `original / lowFrequency` tokens are slow
    /// @param highFrequency waves shorter than `original / highFrequency` tokens are fast
    /// @param original tokens of the first context
    record Llama3(double factor, double lowFrequency, double highFrequency, int original)
            implements RopeScaling {
        private double between(double frequency) {
            double wave = 2 * Math.PI / frequency;
            if (wave < original / highFrequency) {
                return frequency;
            }
            if (wave > original / lowFrequency) {
                return frequency / factor;
            }
            double fast = (original / wave - lowFrequency) / (highFrequency - lowFrequency);
            return (1 - fast) * frequency / factor + fast * frequency;
        }
    }

    /// The frequency that takes the place of `frequency`, in radians a token.
    default double scaled(double frequency) {
        return switch (this) {
            case None() -> frequency;
            case Linear(double factor) -> frequency / factor;
            case Llama3 l -> l.between(frequency);
        };
    }
}
