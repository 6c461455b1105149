package trex.loop;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Consumer;
import trex.model.Checkpoint;
import trex.model.Recipe;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Score;
import trex.model.SealedSplit;
import trex.model.Work;

/// A machine with a clock of its own: work takes as long as it says, and nobody waits for it. How fast
/// it is changes from run to run, as on a machine that others use too.
final class SimulatedMachine implements RecipeRunner, InstantSource {
    private static final int BATCH = 16;
    /// Of an example.
    private static final int TOKENS = 40;

    /// How fast a machine is with a model.
    ///
    /// @param load seconds to start a worker and load the model
    /// @param rows rows measured a second
    /// @param examples examples trained a second, on average
    record Speed(double load, double rows, double examples) {}

    private final Speed speed;
    private final double unrest;
    private final Random random;
    private double now;
    private double slowdown = 1;
    private double slowFrom;
    private double slowTo;

    /// @param unrest how much longer or shorter work may take by chance, for example 0.2
    SimulatedMachine(Speed speed, double unrest, long seed) {
        this.speed = speed;
        this.unrest = unrest;
        this.random = new Random(seed);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli((long) (1000 * now));
    }

    double seconds() {
        return now;
    }

    /// The same, `times` slower between two moments.
    SimulatedMachine slower(double times, double from, double to) {
        slowdown = times;
        slowFrom = from;
        slowTo = to;
        return this;
    }

    @Override
    public Running start(RunRequest request, Consumer<RunEvent> progress) {
        return new Simulated(request, progress, 1 + unrest * (2 * random.nextDouble() - 1));
    }

    /// More examples help with falling returns; the rate is best at 2e-3 and diverges beyond 2e-2.
    private Score score(Recipe recipe, int rows) {
        double rate = recipe.optimization().learningRate();
        double examples = recipe.data().examples() * recipe.optimization().epochs();
        double accuracy = 0.9 - 1.5 / Math.sqrt(examples + 100) - 0.03 * Math.pow(Math.log10(rate / 2e-3), 2)
                + 0.005 * random.nextGaussian();
        return Score.proportion(trex.model.Metric.ACCURACY, (int) Math.round(accuracy * rows), rows);
    }

    /// A run that takes place while it is waited for.
    private final class Simulated implements Running {
        private final RunRequest request;
        private final Consumer<RunEvent> progress;
        private final double slowness;
        private final double begun = now;
        private boolean stopped;

        Simulated(RunRequest request, Consumer<RunEvent> progress, double slowness) {
            this.request = request;
            this.progress = progress;
            this.slowness = slowness;
        }

        @Override
        public RunId id() {
            return request.id();
        }

        @Override
        public void stop() {
            stopped = true;
        }

        private void pass(double seconds) {
            now += seconds * slowness * (now >= slowFrom && now < slowTo ? slowdown : 1);
        }

        @Override
        public RunOutcome await() {
            pass(speed.load);
            return switch (request.work()) {
                case Work.Measure(var checkpoint, var split) -> {
                    int rows = measure(request.splits().of(split));
                    double accuracy = checkpoint == null ? 0.77 : 0.88;
                    yield new RunOutcome.Completed(Score.proportion(request.mission().metric(),
                            (int) Math.round(accuracy * rows), rows), null, cost(0));
                }
                case Work.Train(Recipe recipe) -> train(recipe);
            };
        }

        private int measure(SealedSplit split) {
            pass(split.rows() / speed.rows);
            progress.accept(new RunEvent.Phase("measuring", 1));
            return split.rows();
        }

        private RunOutcome train(Recipe recipe) {
            int rows = request.splits().train().rows();
            int examples = (int) (Math.min(rows, recipe.data().examples()) * recipe.optimization().epochs());
            int steps = Math.max(1, examples / BATCH);
            for (int step = 1; step <= steps; step++) {
                pass(BATCH / speed.examples);
                progress.accept(new RunEvent.Step(
                        step, steps, 0.7, 1e-3, 1, TOKENS * speed.examples, speed.examples, 1 << 20));
                if (stopped) {
                    return new RunOutcome.Stopped(step, cost(step * BATCH));
                }
            }
            int validated = 0;
            for (int i = 0; i < recipe.validations(); i++) {
                validated = measure(request.splits().validation());
            }
            return new RunOutcome.Completed(score(recipe, validated),
                    new Checkpoint("/checkpoints/" + id(), steps, "f".repeat(64)), cost(examples));
        }

        private RunCost cost(int examples) {
            return new RunCost(now - begun, 1 << 20, examples, examples * (long) TOKENS);
        }
    }
}
