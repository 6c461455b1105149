package trex.bench.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;
import trex.bench.step.Measurement;
import trex.bench.step.StepMath;
import trex.bench.step.StepProcess;
import trex.json.Json;
import trex.lm.AdapterLayout;
import trex.lm.Calibrator;
import trex.lm.ComputeDevice;
import trex.lm.Descent;
import trex.lm.GemmRate;
import trex.lm.LanguageModel;
import trex.lm.PackedBatch;
import trex.lm.PlainStep;
import trex.lm.RandomWeights;
import trex.lm.UnreadableModel;
import trex.model.Method;
import trex.model.Precision;
import trex.training.ResidentMemory;

/// The measured process: runs one [TrainCase], its controls and the products it is compared with in
/// turns, so that a busy moment of the machine slows all of them, and prints its [TrainFigures] as a
/// line of JSON.
public final class TrainProcess {
    private static final int ROUNDS = 3;
    private static final double GEMM_SECONDS = 0.25;
    private static final long SEED = 1;

    private TrainProcess() {}

    public static void main(String[] arguments) throws UnreadableModel, JsonProcessingException {
        System.out.println(Json.mapper().writeValueAsString(run(TrainCase.parse(arguments))));
    }

    private static TrainFigures run(TrainCase todo) throws UnreadableModel {
        return todo.work() == TrainCase.Work.EVALUATION ? evaluation(todo) : training(todo);
    }

    private static TrainFigures training(TrainCase todo) throws UnreadableModel {
        Rows rows = Rows.of(todo.load(), StepProcess.SHAPE.vocabulary());
        PackedBatch packed = rows.packed();
        PackedBatch padded = todo.load() == TrainCase.Load.SHORT ? rows.padded() : null;
        Method method = todo.work().method();
        try (GemmRate gemm = new GemmRate();
                LanguageModel model = LanguageModel.tunable(
                        weights(), ComputeDevice.PROCESSOR, todo.precision(), Calibrator.measure().products(), method, SEED);
                PlainSteps plain = plain(todo, rows)) {
            Descent optimizer = model.optimizer();
            return measure(todo, gemm, () -> step(model, optimizer, packed),
                            padded == null ? null : () -> step(model, optimizer, padded), plain == null ? null : plain::step)
                    .figures(packed.tokens(), rows.examples().size(), StepMath.operations(StepProcess.SHAPE, method, packed));
        }
    }

    private static @Nullable PlainSteps plain(TrainCase todo, Rows rows) {
        return todo.hasPlainControl() && todo.work().method() instanceof Method.Lora lora
                ? new PlainSteps(AdapterLayout.of(lora, StepProcess.SHAPE), rows)
                : null;
    }

    private static void step(LanguageModel model, Descent optimizer, PackedBatch batch) {
        model.grads(batch, false);
        optimizer.apply(1e-5, 0.01, 1);
    }

    private static TrainFigures evaluation(TrainCase todo) throws UnreadableModel {
        Rows rows = Rows.asked(StepProcess.SHAPE.vocabulary());
        PackedBatch packed = rows.withBothAnswers();
        PackedBatch padded = rows.padded();
        try (GemmRate gemm = new GemmRate();
                LanguageModel model = LanguageModel.frozen(weights(), todo.precision())) {
            return measure(todo, gemm, () -> model.score(packed), () -> model.score(padded), null)
                    .figures(packed.tokens(), rows.examples().size(), 0);
        }
    }

    private static RandomWeights weights() {
        return new RandomWeights(StepProcess.SHAPE, SEED);
    }

    /// The control's model is opened when its first turn comes, so that it does not count as the
    /// measured one's memory.
    private static final class PlainSteps implements AutoCloseable {
        private final AdapterLayout layout;
        private final Rows rows;
        private @Nullable PlainStep step;

        PlainSteps(AdapterLayout layout, Rows rows) {
            this.layout = layout;
            this.rows = rows;
        }

        void step() {
            try {
                if (step == null) {
                    step = new PlainStep(weights(), layout, SEED);
                }
                step.grads(rows.whole());
            } catch (UnreadableModel e) {
                throw new IllegalStateException("random weights are readable", e);
            }
        }

        @Override
        public void close() {
            if (step != null) {
                step.close();
            }
        }
    }

    private record Measured(
            double seconds, double padded, double plain, double gemm, double gemmFp32, long peakBytes) {
        TrainFigures figures(int tokens, int examples, double operations) {
            return new TrainFigures(
                    new Measurement(seconds, tokens, examples, operations, gemm, gemmFp32, peakBytes), padded, plain);
        }
    }

    private static Measured measure(
            TrainCase todo, GemmRate gemm, Runnable own, @Nullable Runnable padded, @Nullable Runnable plain) {
        own.run(); // warms up
        own.run();
        long peak = ResidentMemory.peakBytes();
        warmUp(padded);
        warmUp(plain);
        double seconds = Double.POSITIVE_INFINITY;
        double paddedSeconds = Double.POSITIVE_INFINITY;
        double plainSeconds = Double.POSITIVE_INFINITY;
        double rate = 0;
        double fp32 = 0;
        for (int round = 0; round < ROUNDS; round++) {
            rate = Math.max(rate, gemm.fastest(todo.precision(), GEMM_SECONDS));
            fp32 = Math.max(fp32, gemm.measure(Precision.FP32, GEMM_SECONDS));
            seconds = Math.min(seconds, Math.min(seconds(own), seconds(own)));
            paddedSeconds = Math.min(paddedSeconds, seconds(padded));
            plainSeconds = Math.min(plainSeconds, seconds(plain));
        }
        return new Measured(seconds, paddedSeconds, plainSeconds, rate, fp32, peak);
    }

    private static void warmUp(@Nullable Runnable work) {
        if (work != null) {
            work.run();
        }
    }

    private static double seconds(@Nullable Runnable work) {
        if (work == null) {
            return 0;
        }
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
