package trex.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import trex.model.Checkpoint;
import trex.model.DeviceList;
import trex.model.FailureKind;
import trex.model.Recipe;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Score;
import trex.model.StudyId;
import trex.model.Work;

/// Runs that go on when the process that began them dies: a run is a file, begins when the file is
/// made and ends some milliseconds later, whoever waits for it.
final class OutlivingRunner implements RecipeRunner {
    private static final int MILLISECONDS = 25;
    private static final int STEPS = 4;
    private static final int HALF_WAY = 2;

    private final Path folder;

    OutlivingRunner(Path folder) {
        this.folder = folder;
    }

    /// The names of all runs that were ever begun.
    List<RunId> begun() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> new RunId(f.getFileName().toString())).toList();
        }
    }

    /// Not known where a kill has come between the file and its words.
    @Override
    public Optional<DeviceList> devices(StudyId study, RunId run) {
        try {
            Path file = folder.resolve(run.value());
            return !Files.exists(file) || Files.size(file) == 0
                    ? Optional.empty()
                    : Optional.of(DeviceList.of(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Running start(RunRequest request, Consumer<RunEvent> progress) {
        Path file = folder.resolve(request.id().value());
        try {
            Files.writeString(file, request.device(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException _) {
            if (devices(request.study(), request.id()).filter(d -> !d.equals(request.devices())).isPresent()) {
                throw new IllegalArgumentException("run " + request.id() + " was begun elsewhere");
            }
            progress.accept(new RunEvent.Notice("found again"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Begun(request, file, progress, new AtomicBoolean());
    }

    /// A run that a file stands for. What it says makes it stop or go on, so that it ends in the same
    /// way whenever it is found again.
    private record Begun(RunRequest request, Path file, Consumer<RunEvent> progress, AtomicBoolean stopped)
            implements Running {
        @Override
        public RunId id() {
            return request.id();
        }

        @Override
        public RunOutcome await() throws InterruptedException {
            try {
                long begun = Files.getLastModifiedTime(file).toMillis();
                for (int step = 1; step <= STEPS; step++) {
                    Thread.sleep(Math.max(0, begun + (long) MILLISECONDS * step / STEPS - System.currentTimeMillis()));
                    progress.accept(new RunEvent.Step(step, STEPS, 0.7, 1e-3, 1, 1_000, 10, 1 << 20));
                    if (step == HALF_WAY && outcome() instanceof RunOutcome.Completed(Score end, Checkpoint _, _)) {
                        progress.accept(new RunEvent.Validated(step, Fixtures.score(end.value() - 0.05)));
                    }
                    if (stopped.get()) {
                        return new RunOutcome.Stopped(step, new RunCost(outcome().cost().seconds() / 2, 1 << 20, 16, 640));
                    }
                }
                return outcome();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            stopped.set(true);
        }

        private RunOutcome outcome() {
            return switch (request.work()) {
                case Work.Measure(var checkpoint, _) -> new RunOutcome.Completed(
                        Fixtures.score(checkpoint == null ? 0.5 : 0.8), null, new RunCost(2, 0, 0, 0));
                case Work.Train(Recipe recipe) -> training(recipe);
            };
        }

        /// A learning rate of 2e-3 is best, 8e-3 diverges; more examples help.
        private RunOutcome training(Recipe recipe) {
            double rate = recipe.optimization().learningRate();
            double examples = recipe.data().examples() * recipe.optimization().epochs();
            RunCost cost = new RunCost(2 + examples / 64, 1 << 20, (long) examples, (long) examples * 40);
            if (rate > 8e-3) {
                return new RunOutcome.Failed(FailureKind.DIVERGED, "training", "the loss is no number", cost);
            }
            Score score = Fixtures.score(0.9 - 1 / Math.sqrt(examples + 50)
                    - 0.05 * Math.pow(Math.log10(rate / 2e-3), 2) - (recipe.seed() % 3) * 0.01);
            return new RunOutcome.Completed(score, new Checkpoint("/checkpoints/" + id(), 4, "f".repeat(64)), cost);
        }
    }
}
