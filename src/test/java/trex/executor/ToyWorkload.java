package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import trex.model.Checkpoint;
import trex.model.FailureKind;
import trex.model.Metric;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.Score;
import trex.model.Work;

/// A deterministic recursion in the place of a training: its last value shows every bit that a
/// resumed run got wrong. A checkpoint every five steps.
final class ToyWorkload implements Workload {
    private static final int CHECKPOINT_EVERY = 5;
    private static final String FILE = "state";

    @Override
    public RunOutcome carryOut(Assignment assignment) throws WorkFailed, IOException, InterruptedException {
        if (!(assignment.request().work() instanceof Work.Train(var recipe))) {
            throw new WorkFailed(FailureKind.INPUT, "The toy can only train");
        }
        int steps = recipe.data().examples();
        assignment.say(new RunEvent.Phase("training", 0));
        Optional<Checkpoint> newest = assignment.checkpoints().newest();
        State state = newest.isPresent() ? State.read(Path.of(newest.get().path())) : new State(0, recipe.seed(), 0);
        Checkpoint last = newest.orElse(null);
        while (state.step < steps) {
            Thread.sleep(recipe.maxLength());
            state = state.next();
            assignment.say(new RunEvent.Step(state.step, steps, state.value, 0, 0, 0, 0, 1 << 20));
            boolean stop = assignment.mustStop();
            if (stop || state.step % CHECKPOINT_EVERY == 0 || state.step == steps) {
                last = assignment.checkpoints().write(state.step, state::write);
            }
            if (stop && state.step < steps) {
                return new RunOutcome.Stopped(state.step, RunCost.NONE);
            }
        }
        Checkpoint model = last == null ? null : assignment.checkpoints().finish(last);
        return new RunOutcome.Completed(new Score(Metric.ACCURACY, state.value, 0, 1), model, RunCost.NONE);
    }

    /// What an undisturbed run ends with.
    static double valueAfter(int steps, long seed) {
        State state = new State(0, seed, 0);
        while (state.step < steps) {
            state = state.next();
        }
        return state.value;
    }

    private record State(int step, long seed, double value) {
        State next() {
            long next = seed * 6364136223846793005L + 1442695040888963407L;
            return new State(step + 1, next, 0.99 * value + (next >>> 11) * 0x1.0p-53 - 0.5);
        }

        void write(Path folder) throws IOException {
            Files.writeString(folder.resolve(FILE), step + " " + seed + " " + Double.doubleToLongBits(value));
        }

        static State read(Path folder) throws IOException {
            String[] fields = Files.readString(folder.resolve(FILE)).split(" ");
            return new State(Integer.parseInt(fields[0]), Long.parseLong(fields[1]),
                    Double.longBitsToDouble(Long.parseLong(fields[2])));
        }
    }
}
