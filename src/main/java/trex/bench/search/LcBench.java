package trex.bench.search;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import trex.bench.Bench;
import trex.search.planner.Dimension;
import trex.search.planner.Point;
import trex.search.planner.Space;

/// LCBench: validation accuracy of networks on 34 tabular tasks as a function of seven
/// hyper-parameters after 52 epochs, by YAHPO Gym's surrogate (Pfisterer et al. 2022).
final class LcBench {
    private static final String FILE = "lcbench/model.onnx";
    private static final int EPOCHS = 52;
    private static final int TASKS = 35;
    /// Tasks on which the median recipe is as good as the best say nothing about search; percent.
    private static final double LEAST_SPREAD = 0.5;

    private final OnnxModel model;

    LcBench(Surrogates files) throws Bench.Unmeasured, InterruptedException {
        model = OnnxModel.read(ByteBuffer.wrap(files.bytes(FILE)));
    }

    /// All outputs of the surrogate: time, validation accuracy and four more.
    Tensor predict(int task, float... settings) {
        return model.run(Map.of("x_cat", Tensor.matrix(1, 1, task), "x_cont", Tensor.matrix(1, settings.length, settings)));
    }

    /// The tasks that tell searches apart, each with drafts that did well on the others.
    List<Problem> problems() {
        return Portfolio.leaveOneOut(IntStream.rangeClosed(1, TASKS).parallel()
                .mapToObj(task -> Calibration.problem("lcbench-" + task, new Task(task)))
                .filter(problem -> problem.best() - problem.ordinary() > LEAST_SPREAD)
                .toList());
    }

    private final class Task implements Problem.Landscape {
        private final int task;
        private final Space space = new Space(Stream.of("batchSize", "learningRate", "momentum", "weightDecay",
                "layers", "units", "dropout").<Dimension>map(Dimension.Numeric::new).toList());

        Task(int task) {
            this.task = task;
        }

        @Override
        public Space space() {
            return space;
        }

        @Override
        public double value(Point u) {
            return predict(task, EPOCHS, (float) (16 * Math.pow(32, u.get(0))), (float) (1e-4 * Math.pow(1000, u.get(1))),
                    (float) (0.1 + 0.89 * u.get(2)), (float) (1e-5 + (0.1 - 1e-5) * u.get(3)),
                    (float) Math.rint(1 + 4 * u.get(4)), (float) (64 * Math.pow(16, u.get(5))), (float) u.get(6)).get(1);
        }
    }
}
