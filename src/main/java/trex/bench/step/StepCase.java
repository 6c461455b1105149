package trex.bench.step;

import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Quantization;

/// One thing to measure, in a process of its own.
///
/// @param method LoRA of rank 8 on queries and values, on a base as it is or quantised, or every weight
/// @param load what a step computes
record StepCase(Kind method, Precision precision, Load load) {
    private static final Method.Lora ADAPTERS = new Method.Lora(8, 16, LoraTargets.QUERY_VALUE);

    enum Kind {
        LORA("lora r8", ADAPTERS),
        INT8("lora r8 int8", ADAPTERS.withBase(Quantization.INT8)),
        NF4("lora r8 nf4", ADAPTERS.withBase(Quantization.NF4)),
        FULL("full", new Method.Full());

        private final String text;
        private final Method method;

        Kind(String text, Method method) {
            this.text = text;
            this.method = method;
        }

        Method method() {
            return method;
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
