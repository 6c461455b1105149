package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import trex.json.Json;
import trex.loop.RecipeRunner.Running;
import trex.model.Checkpoint;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.Example;
import trex.model.FailureKind;
import trex.model.Mission;
import trex.model.Optimization;
import trex.model.Prepared;
import trex.model.Recipe;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.SealedSplit;
import trex.model.SealedSplits;
import trex.model.Selection;
import trex.model.Split;
import trex.model.StudyId;
import trex.model.Work;

/// A few steps of a recipe with its own batches and one small measurement, by the very worker that
/// would carry out the whole: nothing else knows as well what it will take.
final class Rehearsal {
    /// A step of a large model shows enough; those of a small one are short and differ.
    private static final int LEAST_STEPS = 12;
    private static final int MOST_STEPS = 60;
    private static final double LARGE = 1e8;
    private static final double LEAST_EPOCHS = 1e-3;
    private static final double MOST_EPOCHS = 100;
    /// A whole batch of answers.
    private static final int VALIDATION_ROWS = 64;
    private static final int LAST_WORDS_MILLIS = 5000;
    private static final int POLL_MILLIS = 20;

    private final Path home;
    private final StudyId study;
    private final WorkerCommand command;

    /// @param study names the folder that it works in
    Rehearsal(Path home, StudyId study, WorkerCommand command) {
        this.home = home;
        this.study = study;
        this.command = command;
    }

    /// @param run names the run
    /// @param size of what is to be learnt
    /// @param validation rows of the validation split
    /// @throws WorkFailed with the worker's own sentence where it cannot carry the recipe out
    Pace of(String run, Mission mission, Recipe recipe, Prepared prepared, Size size,
            List<Example> validation, Consumer<RunEvent> progress)
            throws WorkFailed, IOException, InterruptedException {
        int batch = Math.min(recipe.optimization().batchSize(), size.examples());
        int steps = (int) Math.clamp(Math.round(LEAST_STEPS * LARGE / size.parameters()), LEAST_STEPS, MOST_STEPS);
        Recipe few = shortened(recipe, size, batch, steps);
        List<Example> measured = evenly(validation, Math.min(validation.size(), VALIDATION_ROWS));
        SealedSplits whole = prepared.splits();
        SealedSplits splits = new SealedSplits(whole.train(), write(measured), whole.test(), whole.removedFromTrain());
        RunRequest request = new RunRequest(new RunId(run), study, mission, prepared.model(), splits,
                new Work.Train(few), "cpu");
        List<Pace.Timed> story = Collections.synchronizedList(new ArrayList<>());
        long began = System.nanoTime();
        RunOutcome.Completed done = carryOut(home, command, request, event -> {
            story.add(new Pace.Timed(event, since(began)));
            progress.accept(event);
        });
        // The worker's own word: the launcher's end and the last look at the folder are not its time.
        double end = Math.max(done.cost().seconds(), story.getLast().seconds());
        long examples = done.cost().examples();
        long distinct = Math.round(examples / Math.max(1, few.optimization().epochs()));
        Pace.Amount amount = new Pace.Amount(examples, distinct, 2, measured.size(), Math.round(size.kept() * distinct));
        return Pace.of(List.copyOf(story), end, amount, done.cost().peakBytes(), bytes(done.checkpoint()));
    }

    /// Carries a run out to its end, and waits until nobody writes into its folder any more.
    ///
    /// @throws WorkFailed with the worker's own sentence
    static RunOutcome.Completed carryOut(Path home, WorkerCommand command, RunRequest request,
            Consumer<RunEvent> progress) throws WorkFailed, IOException, InterruptedException {
        Running run = new LocalRunner(home, command, null).start(request, progress);
        RunOutcome outcome;
        try {
            outcome = run.await();
            awaitLastWords(JobFolder.of(home, request.study(), request.id()).attempt(1));
        } catch (InterruptedException e) {
            run.stop();
            throw e;
        }
        return switch (outcome) {
            case RunOutcome.Completed done -> done;
            case RunOutcome.Failed failed -> throw new WorkFailed(failed.kind(), failed.message());
            case RunOutcome.Stopped _, RunOutcome.Pruned _ ->
                    throw new WorkFailed(FailureKind.KILLED, "Run " + request.id() + " was stopped from outside");
        };
    }

    private static void awaitLastWords(Attempt attempt) throws IOException, InterruptedException {
        for (int waited = 0; attempt.exit().isEmpty() && waited < LAST_WORDS_MILLIS; waited += POLL_MILLIS) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    /// What is to be learnt.
    ///
    /// @param examples number of the recipe's training examples
    /// @param parameters number of the model's
    /// @param kept bytes an example of frozen layers' outputs; 0 where none are kept
    record Size(int examples, long parameters, double kept) {}

    /// The recipe's own first steps, one batch each: all rows are prepared as they will be, in no
    /// order that puts the cheap ones first. Where outputs of frozen layers are kept, so few rows that the
    /// steps pass over them twice: of all rows they would take as long as in the whole training.
    private static Recipe shortened(Recipe recipe, Size size, int batch, int steps) {
        Optimization whole = recipe.optimization();
        int rows = size.kept() > 0 ? Math.min(size.examples(), Math.max(1, steps * batch / 2)) : size.examples();
        double epochs = Math.clamp((double) steps * batch / rows, LEAST_EPOCHS, MOST_EPOCHS);
        DataRecipe data = rows < size.examples() ? recipe.data().withExamples(rows) : recipe.data();
        return recipe
                .withData(data.without(DataOperator.ShortFirst.class).without(DataOperator.CommonFirst.class))
                .withOptimization(whole.withEpochs(epochs).withBatchSize(batch).withAccumulation(1))
                .withValidations(2)
                .withSelection(Selection.BEST);
    }

    private static List<Example> evenly(List<Example> rows, int count) {
        List<Example> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(rows.get((int) ((long) i * rows.size() / count)));
        }
        return chosen;
    }

    private SealedSplit write(List<Example> examples) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Example example : examples) {
            lines.append(Json.mapper().writeValueAsString(example)).append('\n');
        }
        Path file = home.toAbsolutePath().resolve("studies").resolve(study.value()).resolve("rehearsal.jsonl");
        Files.writeString(file, lines);
        return new SealedSplit(Split.VALIDATION, file.toString(), examples.size(), FolderDigest.ofFile(file));
    }

    private static long bytes(@org.jspecify.annotations.Nullable Checkpoint model) throws IOException {
        long sum = 0;
        if (model != null) {
            for (Path file : FolderDigest.files(Path.of(model.path()))) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
