package trex.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trex.lm.Descent;
import trex.lm.EmbeddingNoise;
import trex.lm.LanguageModel;
import trex.lm.LowerOutputs;
import trex.lm.PackedBatch;
import trex.lm.UnreadableModel;
import trex.model.Checkpoint;
import trex.model.GradientCheckpointing;
import trex.model.Recipe;
import trex.model.RunEvent;
import trex.model.Score;

/// A training: the steps of a recipe, whatever its procedure descends.
///
/// A step takes the next `batchSize * accumulation` examples of a seeded order, lets the
/// [Objective] add up the gradients of their loss, clips them and moves the weights by the
/// recipe's optimizer. After each of the recipe's validations, and when asked to stop, everything
/// that the next step depends on is written to a checkpoint; a run that goes on from there reaches
/// the same bits as one that was never interrupted.
public final class TrainingLoop {
    /// Share of the old in the running mean of the loss.
    private static final double INERTIA = 0.9;

    /// More than a run has steps, or a step parts.
    private static final long SEEDS = 1_000_000_007;

    /// Behind the digest of a run that keeps its frozen layers' outputs: their bits may differ.
    private static final String ONCE = "-lower-once";

    private final Recipe recipe;
    private final Validator validator;
    private final CheckpointFolder checkpoints;
    private final StopSignal stop;
    private final Consumer<RunEvent> events;
    private final long room;

    /// @param recipe one whose gradient checkpointing is left open does without
    public TrainingLoop(
            Recipe recipe,
            Validator validator,
            CheckpointFolder checkpoints,
            StopSignal stop,
            Consumer<RunEvent> events) {
        this(recipe, validator, checkpoints, stop, events, Long.MAX_VALUE);
    }

    /// @param room bytes that may be spent on outputs of frozen layers, see [LowerLayers]
    public TrainingLoop(
            Recipe recipe,
            Validator validator,
            CheckpointFolder checkpoints,
            StopSignal stop,
            Consumer<RunEvent> events,
            long room) {
        this.recipe = recipe;
        this.validator = validator;
        this.checkpoints = checkpoints;
        this.stop = stop;
        this.events = events;
        this.room = room;
    }

    /// Trains, from the newest checkpoint of this very run if there is one.
    ///
    /// @param model opened with the recipe's method and seed, still as it was opened
    /// @throws IOException where a checkpoint cannot be written
    /// @throws UnreadableModel where a checkpoint to go on from is damaged
    public TrainingResult run(LanguageModel model, Objective objective)
            throws IOException, UnreadableModel, InterruptedException {
        return run(Replicas.of(model), objective);
    }

    /// The same on several devices at a time: each gets its share of a step's examples, so that the
    /// gradient is that of one device to rounding.
    public TrainingResult run(Replicas replicas, Objective objective)
            throws IOException, UnreadableModel, InterruptedException {
        return new Session(replicas, objective).run();
    }

    /// One run and what changes during it.
    private final class Session {
        private final Replicas replicas;
        private final LanguageModel model;
        private final Descent optimizer;
        private final Objective objective;
        private final TrainingPlan plan;
        private final LearningRate learningRate;
        private final String digest;
        private Optional<LowerOutputs> lower;
        private final RecentStates states;

        private int step;
        private double firstLoss;
        private double averageLoss;
        private long examplesSeen;
        private long tokensSeen;
        private Progress.@Nullable Best best;
        private @Nullable Checkpoint newest;
        private boolean unmeasured;
        private Standing standing = Standing.START;

        Session(Replicas replicas, Objective objective) {
            this.replicas = replicas;
            this.model = replicas.leader();
            this.optimizer = model.optimizer(recipe.optimization().optimizer());
            this.objective = objective;
            this.plan = new TrainingPlan(recipe, objective.size());
            this.learningRate = new LearningRate(recipe.optimization(), plan.steps());
            this.digest = RunDigest.of(recipe, objective.sequences());
            this.lower = LowerLayers.of(recipe, objective, model.lowerRowBytes(), room);
            this.states = new RecentStates(recipe.selection().averaged());
        }

        TrainingResult run() throws IOException, UnreadableModel, InterruptedException {
            Optional<Checkpoint> found = recall();
            try {
                keepLower();
                objective.begin(plan.used(), new Counted(),
                        (done, total) -> prepares("scoring by the untrained model", done, total));
            } catch (Validator.Stopped _) {
                return new TrainingResult.Stopped(found.isPresent() ? found.get() : save(), examplesSeen, tokensSeen);
            }
            if (found.isPresent()) {
                restore(Path.of(found.get().path()));
            }
            events.accept(new RunEvent.Phase("training", -1));
            if (unmeasured && !validate()) {
                return stopped();
            }
            while (step < plan.steps() && !standing.averaged() && !isOutOfPatience()) {
                if (stop.raised()) {
                    return stopped();
                }
                step++;
                Optional<TrainingResult> diverged = takeStep();
                if (diverged.isPresent()) {
                    return diverged.get();
                }
                if (plan.validatesAfter(step) && !validate()) {
                    return stopped();
                }
            }
            return standing.averaged() || measureMean() ? finished() : stopped();
        }

        /// Computes what frozen layers make of the examples, once for all steps.
        private void keepLower() throws Validator.Stopped {
            if (lower.isPresent()) {
                events.accept(new RunEvent.Notice(LowerLayers.told(lower.get(), model)));
                LowerOutputs outputs = lower.get();
                int parts = replicas.each(replicas.size(), (replica, _) -> replica.keep(outputs)).getFirst();
                for (int part = 0; part < parts; part++) {
                    int next = part;
                    prepares("running the frozen layers once", part, parts);
                    replicas.each(replicas.size(), (replica, _) -> replica.computeLower(next));
                }
            }
        }

        /// Whether the run ends early, which is said.
        private boolean isOutOfPatience() {
            if (!standing.exhausts(recipe.selection().patience())) {
                return false;
            }
            events.accept(new RunEvent.Notice(
                    "Training ended early, after step %d of %d: %d validations in a row were no better"
                            .formatted(step, plan.steps(), standing.sinceBest())));
            return true;
        }

        private TrainingResult finished() {
            Progress.Best reached = best;
            if (reached == null || reached.checkpoint() == null) {
                throw new IllegalStateException("a run of " + step + " steps ended without a validation");
            }
            Checkpoint kept = reached.checkpoint();
            Checkpoint told = standing.averaged() ? new Checkpoint(kept.path(), step, kept.sha256()) : kept;
            return new TrainingResult.Finished(reached.score(), told, examplesSeen, tokensSeen);
        }

        private void prepares(String phase, int done, int total) throws Validator.Stopped {
            events.accept(new RunEvent.Phase(phase, (double) done / total));
            if (stop.raised()) {
                throw new Validator.Stopped();
            }
        }

        private TrainingResult stopped() throws IOException {
            return new TrainingResult.Stopped(save(), examplesSeen, tokensSeen);
        }

        private Optional<TrainingResult> takeStep() {
            long started = System.nanoTime();
            int[] chosen = plan.examplesOf(step);
            Counted passes = new Counted();
            Objective.Descended descended = objective.descend(chosen, passes);
            double loss = descended.loss();
            long tokens = passes.tokens;
            double rate = learningRate.at(step);
            replicas.gather();
            double norm = optimizer.apply(rate, recipe.optimization().weightDecay(), recipe.optimization().clipNorm());
            replicas.spread();
            examplesSeen += chosen.length;
            tokensSeen += tokens;
            double seconds = (System.nanoTime() - started) / 1e9;
            String fault = fault(loss, norm);
            if (fault != null) {
                List<String> ids = Arrays.stream(chosen).mapToObj(objective::id).toList();
                return Optional.of(new TrainingResult.Diverged(step, fault, ids, examplesSeen, tokensSeen));
            }
            events.accept(new RunEvent.Step(step, plan.steps(), loss, rate, norm, tokens / seconds,
                    chosen.length / seconds, ResidentMemory.bytes(), descended.rewards()));
            return Optional.empty();
        }

        /// The model as a step's objective sees it, and what went through it.
        private final class Counted implements Passes {
            private long tokens;
            private int parts;

            @Override
            public int lanes() {
                return replicas.size();
            }

            @Override
            public List<float[]> score(List<PackedBatch> batches) {
                return replicas.each(batches.size(), (replica, i) -> replica.scoreInTraining(batches.get(i)));
            }

            @Override
            public double grads(List<PackedBatch> batches) {
                boolean checkpointed = recipe.gradientCheckpointing() == GradientCheckpointing.ON;
                int first = parts;
                parts += batches.size();
                tokens += batches.stream().mapToInt(PackedBatch::tokens).sum();
                return replicas.each(batches.size(),
                                (replica, i) -> replica.grads(batches.get(i), checkpointed, noise(first + i))).stream()
                        .mapToDouble(Double::doubleValue).reduce(0, Double::sum);
            }
        }

        /// Noise that depends on the step and its part alone, so that a resumed run has the same.
        private @Nullable EmbeddingNoise noise(int part) {
            double alpha = recipe.optimization().noise();
            return alpha == 0
                    ? null
                    : new EmbeddingNoise(alpha, (recipe.seed() * SEEDS + step) * SEEDS + part);
        }

        /// Why the run cannot go on, or null. A running mean worse than the first loss by that of
        /// a blind guess, and twice as bad at least, has exploded.
        private @Nullable String fault(double loss, double norm) {
            if (!Double.isFinite(loss)) {
                return "the loss was " + loss;
            }
            if (!Double.isFinite(norm)) {
                return "the gradient's norm was " + norm;
            }
            firstLoss = step == 1 ? loss : firstLoss;
            averageLoss = step == 1 ? loss : INERTIA * averageLoss + (1 - INERTIA) * loss;
            double limit = Math.max(2 * firstLoss, firstLoss + Math.log(model.config().vocabulary()));
            return averageLoss > limit
                    ? "the mean loss had risen from %.3f to %.3f".formatted(firstLoss, averageLoss)
                    : null;
        }

        /// @return false if the run is to end before the measurement did
        private boolean validate() throws IOException, InterruptedException {
            states.join(step);
            Optional<Score> measured = measure();
            unmeasured = measured.isEmpty();
            if (unmeasured) {
                return false;
            }
            Score score = measured.get();
            Progress.Best before = best;
            if (before == null || score.beats(before.score())) {
                standing = standing.afterBetter();
                best = new Progress.Best(score, null);
                Checkpoint written = save();
                best = new Progress.Best(score, written);
                if (before != null && before.checkpoint() != null) {
                    checkpoints.delete(before.checkpoint());
                }
            } else {
                standing = standing.afterWorse();
                save();
            }
            return true;
        }

        /// Measures the mean of the newest states once the training is over. If it is the best, its
        /// checkpoint stands one step behind the last one, which is still there to go on from.
        ///
        /// @return false if the run is to end before the measurement did
        private boolean measureMean() throws IOException, UnreadableModel, InterruptedException {
            Checkpoint last = newest;
            if (states.steps().size() < 2 || last == null || best == null) {
                return true;
            }
            events.accept(new RunEvent.Notice("Measures the mean of the states after steps " + states.steps().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))));
            model.change(tensors -> states.average(Path.of(last.path()), tensors));
            Optional<Score> measured = measure();
            if (measured.isPresent() && measured.get().beats(best.score())) {
                standing = new Standing(standing.sinceBest(), true);
                best = new Progress.Best(measured.get(), null);
                best = new Progress.Best(measured.get(), write(step + 1, last));
            }
            return measured.isPresent();
        }

        /// Empty if the run is to end before the measurement did.
        private Optional<Score> measure() throws InterruptedException {
            try {
                Score score = validator.measure(model);
                events.accept(new RunEvent.Validated(step, score));
                return Optional.of(score);
            } catch (Validator.Stopped _) {
                return Optional.empty();
            }
        }

        /// Writes a checkpoint to go on from; only it and the best one are kept.
        private Checkpoint save() throws IOException {
            Checkpoint before = newest;
            if (before != null && before.step() == step) {
                return before;
            }
            Checkpoint written = write(step, before);
            newest = written;
            boolean isBest = best != null && before != null && before.equals(best.checkpoint());
            if (before != null && !isBest) {
                checkpoints.delete(before);
            }
            return written;
        }

        private Checkpoint write(int number, @Nullable Checkpoint before) throws IOException {
            String told = lower.isPresent() ? digest + ONCE : digest;
            Progress progress = new Progress(step, told, recipe.method(), model.precision(), firstLoss, averageLoss,
                    examplesSeen, tokensSeen, best, unmeasured);
            Path earlier = before == null ? null : Path.of(before.path());
            return checkpoints.write(number, folder -> {
                CheckpointFiles.write(folder, model, optimizer, progress, standing);
                if (number == step) {
                    states.write(folder, earlier, step, model.trainable());
                }
            });
        }

        /// Where the run stood, but for the weights.
        private Optional<Checkpoint> recall() throws IOException, UnreadableModel {
            Optional<Checkpoint> found = checkpoints.newest();
            if (found.isEmpty()) {
                return found;
            }
            Path folder = Path.of(found.get().path());
            Progress progress = CheckpointFiles.progress(folder);
            boolean once = progress.digest().equals(digest + ONCE);
            if (!once && !progress.digest().equals(digest)) {
                throw new UnreadableModel(folder, "the checkpoint is of another recipe or of other examples");
            }
            if (once != lower.isPresent()) { // what goes on does as it began, whatever memory there is now
                lower = LowerLayers.of(recipe, objective, model.lowerRowBytes(), once ? Long.MAX_VALUE : 0);
            }
            step = progress.step();
            firstLoss = progress.firstLoss();
            averageLoss = progress.averageLoss();
            examplesSeen = progress.examples();
            tokensSeen = progress.tokens();
            newest = found.get();
            unmeasured = progress.unmeasured();
            standing = CheckpointFiles.standing(folder);
            states.resume(folder);
            best = progress.best();
            if (best != null && best.checkpoint() == null) {
                best = new Progress.Best(best.score(), newest);
            }
            return found;
        }

        private void restore(Path folder) throws UnreadableModel {
            CheckpointFiles.restore(folder, model);
            replicas.align();
            CheckpointFiles.restore(folder, optimizer);
            optimizer.resumeAt(step);
            events.accept(new RunEvent.Notice("goes on after step " + step));
        }
    }
}
