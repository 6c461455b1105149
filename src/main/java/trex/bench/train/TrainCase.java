package trex.bench.train;

import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;

/// One thing to measure, in a process of its own.
record TrainCase(Work work, Precision precision, Load load) {
    enum Work {
        /// LoRA of rank 8 on queries and values.
        LORA("lora r8"),
        /// Every weight.
        FULL("full"),
        /// Log-probabilities of two answers to each prompt.
        EVALUATION("evaluation");

        private final String text;

        Work(String text) {
            this.text = text;
        }

        /// How it trains; full where it does not, which then nobody asks for.
        Method method() {
            return this == LORA ? new Method.Lora(8, 16, LoraTargets.QUERY_VALUE) : new Method.Full();
        }
    }

    enum Load {
        /// Two rows of 256 tokens, each a label.
        ROWS("2x256"),
        /// Sixteen prompts as long as SST-2's: 66 tokens on average, the first 46 the same in all, and
        /// an answer of three tokens.
        SHORT("16 short"),
        /// One row of 1,024 tokens, each a label.
        LONG("1x1024");

        private final String text;

        Load(String text) {
            this.text = text;
        }
    }

    String name() {
        return work.text + " " + (precision == Precision.BF16 ? "bf16" : "fp32") + " " + load.text;
    }

    /// Whether the same maths is also run as plain NDArray operations.
    boolean hasPlainControl() {
        return work == Work.LORA && precision == Precision.FP32 && load == Load.ROWS;
    }

    static TrainCase parse(String[] arguments) {
        return new TrainCase(Work.valueOf(arguments[0]), Precision.valueOf(arguments[1]), Load.valueOf(arguments[2]));
    }

    String[] arguments() {
        return new String[] {work.name(), precision.name(), load.name()};
    }
}
