package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import trex.json.Json;
import trex.loop.RecipeRunner.Running;
import trex.model.Checkpoint;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.Example;
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
import trex.model.Split;
import trex.model.StudyId;
import trex.model.Work;

/// A few steps of a recipe with its own batches and one small measurement, by the very worker that
/// would carry out the whole: nothing else knows as well what it will take.
final class Rehearsal {
    private static final int STEPS = 8;
    private static final int VALIDATION_ROWS = 48;
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

    /// @param rows the recipe's training rows
    /// @param validation rows of the validation split
    /// @throws WorkFailed with the worker's own sentence where it cannot carry the recipe out
    Pace of(Mission mission, Recipe recipe, Prepared prepared, List<Example> rows, List<Example> validation,
            Consumer<RunEvent> progress) throws WorkFailed, IOException, InterruptedException {
        int batch = Math.min(recipe.optimization().batchSize(), rows.size());
        List<Example> trained = sample(rows, Math.min(rows.size(), STEPS * batch));
        List<Example> measured = sample(validation, Math.min(validation.size(), VALIDATION_ROWS));
        SealedSplits splits = new SealedSplits(write(Split.TRAIN, trained), write(Split.VALIDATION, measured),
                prepared.splits().test(), 0);
        RunRequest request = new RunRequest(new RunId("rehearsal"), study, mission, prepared.model(), splits,
                new Work.Train(shortened(recipe, trained.size(), batch)), "cpu");
        List<Pace.Timed> story = Collections.synchronizedList(new ArrayList<>());
        long began = System.nanoTime();
        Running run = new LocalRunner(home, command, null).start(request, event -> {
            story.add(new Pace.Timed(event, since(began)));
            progress.accept(event);
        });
        RunOutcome.Completed done = completed(run);
        double end = since(began);
        awaitLastWords(JobFolder.of(home, study, request.id()).attempt(1));
        return Pace.of(List.copyOf(story), end, batch, measured.size(), done.cost().peakBytes(), bytes(done.checkpoint()));
    }

    private static RunOutcome.Completed completed(Running run) throws WorkFailed, InterruptedException {
        RunOutcome outcome;
        try {
            outcome = run.await();
        } catch (InterruptedException e) {
            run.stop();
            throw e;
        }
        return switch (outcome) {
            case RunOutcome.Completed done -> done;
            case RunOutcome.Failed failed -> throw new WorkFailed(failed.kind(), failed.message());
            case RunOutcome.Stopped _, RunOutcome.Pruned _ ->
                    throw new WorkFailed(trex.model.FailureKind.KILLED, "The rehearsal was stopped");
        };
    }

    /// The folder is about to be deleted, and the launcher still writes into it.
    private static void awaitLastWords(Attempt attempt) throws IOException, InterruptedException {
        for (int waited = 0; attempt.exit().isEmpty() && waited < LAST_WORDS_MILLIS; waited += POLL_MILLIS) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    /// As many passes as make the wanted steps, one batch each.
    private static Recipe shortened(Recipe recipe, int rows, int batch) {
        Optimization whole = recipe.optimization();
        double epochs = Math.clamp((double) STEPS * batch / rows, 1, 100);
        Recipe data = recipe.withData(new DataRecipe(List.of(new DataOperator.Sample(rows))));
        Recipe few = data.withOptimization(new Optimization(whole.learningRate(), epochs, batch, 1,
                whole.warmupRatio(), whole.schedule(), whole.weightDecay(), whole.clipNorm()));
        return new Recipe(few.data(), few.method(), few.optimization(), few.lossOn(), few.maxLength(), 1,
                few.precision(), few.seed());
    }

    /// Evenly over all rows, the longest among them: it decides the peak of memory.
    private static List<Example> sample(List<Example> rows, int count) {
        List<Example> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(rows.get((int) ((long) i * rows.size() / count)));
        }
        ToIntFunction<Example> length = example -> example.prompt().length() + example.answer().length();
        Example longest = Collections.max(rows, Comparator.comparingInt(length));
        if (!chosen.contains(longest)) {
            chosen.set(count - 1, longest);
        }
        return chosen;
    }

    private SealedSplit write(Split split, List<Example> examples) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Example example : examples) {
            lines.append(Json.mapper().writeValueAsString(example)).append('\n');
        }
        Path file = home.toAbsolutePath().resolve("studies").resolve(study.value()).resolve(split + ".rehearsal.jsonl");
        Files.writeString(file, lines);
        return new SealedSplit(split, file.toString(), examples.size(), FolderDigest.ofFile(file));
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
