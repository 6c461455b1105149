package trex.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trex.data.BrokenData;
import trex.data.DataPipeline;
import trex.data.SplitReader;
import trex.data.TrainingRows;
import trex.evaluation.Evaluation;
import trex.lm.BaseModel;
import trex.lm.Calibration;
import trex.lm.ExampleEncoder;
import trex.lm.LanguageModel;
import trex.lm.Products;
import trex.lm.UnreadableModel;
import trex.model.Checkpoint;
import trex.model.Example;
import trex.model.FailureKind;
import trex.model.Mission;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.SealedSplits;
import trex.model.Score;
import trex.model.Split;
import trex.training.CheckpointFiles;
import trex.training.Replicas;
import trex.training.TrainingLoop;
import trex.training.TrainingResult;
import trex.training.Validator;

/// Carries a recipe out: rows, token ids, training, and the validation split along the way.
final class TrainingWork {
    /// Examples that a sentence names.
    private static final int NAMED = 3;

    private final Assignment assignment;
    private final BaseModel base;
    private final Recipe recipe;
    private final Precisions precisions;
    private final Resources resources;
    private @Nullable Score best;

    TrainingWork(Assignment assignment, BaseModel base, Recipe recipe, Precisions precisions, Resources resources)
            throws IOException {
        this.assignment = assignment;
        this.base = base;
        this.recipe = recipe.withMaxLength(Math.min(recipe.maxLength(), base.config().context()));
        this.precisions = precisions;
        this.resources = resources;
        this.best = assignment.bestSoFar().orElse(null);
    }

    RunOutcome carryOut() throws WorkFailed, IOException, UnreadableModel, BrokenData, InterruptedException {
        Misfit.refuse(recipe, assignment.request().mission(), base.config());
        Misfit.refuse(recipe, assignment.request().devices());
        SealedSplits splits = assignment.request().splits();
        SplitReader reader = new SplitReader(InstantSource.system());
        assignment.say(new RunEvent.Phase("preparing the training examples", -1));
        TrainingExamples examples = encode(rows(reader.read(splits.train())));
        Measurement measurement =
                new Measurement(assignment, base, Split.VALIDATION, reader.read(splits.validation()));
        Calibration.Choice choice = precisions.chooseForTraining(recipe.precision(), base.config(), assignment);
        Precision precision = choice.precision();
        Recomputation recomputation =
                resources.settle(base.config(), recipe, precision, examples.longest(), assignment.attemptFolder());
        assignment.say(new RunEvent.Notice(recomputation.reason()));
        long spare = resources.spare(recomputation.need());
        assignment.stopHere();
        assignment.say(new RunEvent.Phase("loading the model", -1));
        Products products = products(choice);
        try (Replicas model = Replicas.open(assignment.devices(), device -> LanguageModel.tunable(
                base.weights(), device, precision, products, recipe.method(), recipe.seed()))) {
            Recipe settled = recipe.withGradientCheckpointing(recomputation.settled());
            TrainingResult result = new TrainingLoop(settled, tuned -> validate(measurement, tuned),
                            assignment.checkpoints(), assignment::mustStop, assignment::say,
                            spare)
                    .run(model, examples.objective());
            return outcome(result);
        }
    }

    /// A training that goes on does so by the products that it began with.
    private Products products(Calibration.Choice choice) throws IOException {
        Optional<Checkpoint> begun = assignment.checkpoints().newest();
        return begun.isPresent() ? CheckpointFiles.products(Path.of(begun.get().path())) : choice.products();
    }

    private List<Example> rows(List<Example> train) throws BrokenData, IOException, InterruptedException {
        Mission mission = assignment.request().mission();
        Optional<TrainingRows> asked = assignment.askedRows();
        TrainingRows rows = asked.isPresent() ? asked.get() : new DataPipeline()
                .run(recipe.data(), train, recipe.seed(), mission.budget().examplesPerRound());
        if (!rows.steps().isEmpty()) {
            assignment.say(new RunEvent.Notice("Training rows: " + rows.steps().stream()
                    .map(TrainingRows.Step::toString)
                    .collect(Collectors.joining(", "))));
        }
        return rows.examples();
    }

    private TrainingExamples encode(List<Example> rows) throws UnreadableModel {
        ExampleEncoder encoder = ExampleEncoder.of(base, assignment.request().mission().data().template());
        TrainingExamples examples = TrainingExamples.of(recipe, rows, encoder);
        if (examples.cut() > 0) {
            String limit = recipe.maxLength() == base.config().context() ? ", the model's context," : "";
            assignment.say(new RunEvent.Notice("%d of %d examples are longer than %d tokens%s and were cut"
                    .formatted(examples.cut(), examples.objective().size(), recipe.maxLength(), limit)));
        }
        return examples;
    }

    private Score validate(Measurement measurement, LanguageModel model)
            throws Validator.Stopped, InterruptedException {
        Evaluation evaluation;
        try {
            evaluation = measurement.of(model);
        } catch (Assignment.StopRequested _) {
            throw new Validator.Stopped();
        }
        Score score = evaluation.score();
        if (best == null || score.beats(best)) {
            best = score;
            try {
                measurement.keep(evaluation);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assignment.say(new RunEvent.Phase("training", -1));
        return score;
    }

    private RunOutcome outcome(TrainingResult result) throws IOException {
        RunCost cost = new RunCost(0, 0, result.examples(), result.tokens());
        return switch (result) {
            case TrainingResult.Finished(Score score, var checkpoint, _, _) ->
                    new RunOutcome.Completed(score, assignment.checkpoints().finish(checkpoint), cost);
            case TrainingResult.Stopped(var checkpoint, _, _) -> new RunOutcome.Stopped(checkpoint.step(), cost);
            case TrainingResult.Diverged diverged -> new RunOutcome.Failed(FailureKind.DIVERGED, "training", told(diverged), cost);
        };
    }

    /// The batch is told whole, the sentence names its first examples.
    private String told(TrainingResult.Diverged diverged) throws IOException {
        List<String> ids = diverged.ids();
        assignment.say(new RunEvent.Notice("Examples of step " + diverged.step() + ": " + String.join(", ", ids)));
        String others = ids.size() > NAMED ? " and " + (ids.size() - NAMED) + " more" : "";
        return "The training diverged at step %d: %s (examples %s%s); %s".formatted(
                diverged.step(), diverged.reason(), String.join(", ", ids.subList(0, Math.min(NAMED, ids.size()))), others,
                assignment.checkpoints().newest()
                        .map(last -> "its last good checkpoint, of step " + last.step() + ", is kept in the run's folder")
                        .orElse("it had no checkpoint yet"));
    }
}
