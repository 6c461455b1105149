package trex.bench.step;

import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;

/// One thing to measure, in a process of its own.
///
/// @param method LoRA of rank 8 on queries and values, or every weight
/// @param load what a step computes
record StepCase(Kind method, Precision precision, Load load) {
    enum Kind {
        LORA("lora r8"),
        FULL("full");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        Method method() {
            return this == LORA ? new Method.Lora(8, 16, LoraTargets.QUERY_VALUE) : new Method.Full();
        }
    }

    enum Load {
        /// Two rows of 256 tokens, each token but the last a label.
        ROWS("2x256"),
        /// Sixteen examples of 65 tokens that begin with the same 46; three labels each.
        SHORT("16 short"),
        /// Three hundred small steps, for the growth of memory.
        LONG_RUN("300 steps");

        private final String text;

        Load(String text) {
            this.text = text;
        }
    }

    String name() {
        return method.text + " " + (precision == Precision.BF16 ? "bf16" : "fp32") + " " + load.text;
    }

    static StepCase parse(String[] arguments) {
        return new StepCase(Kind.valueOf(arguments[0]), Precision.valueOf(arguments[1]), Load.valueOf(arguments[2]));
    }

    String[] arguments() {
        return new String[] {method.name(), precision.name(), load.name()};
    }
}
