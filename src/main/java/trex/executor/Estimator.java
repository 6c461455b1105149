package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import trex.data.BrokenData;
import trex.data.DataPipeline;
import trex.data.SplitReader;
import trex.data.TrainingRows;
import trex.fetch.Places;
import trex.lm.BaseModel;
import trex.lm.Calibration;
import trex.lm.Calibrator;
import trex.lm.ExampleEncoder;
import trex.lm.LanguageModel;
import trex.lm.ModelConfig;
import trex.lm.NativeLibrary;
import trex.lm.UnreadableModel;
import trex.loop.Preparation;
import trex.model.Example;
import trex.model.FailureKind;
import trex.model.Mission;
import trex.model.Optimization;
import trex.model.Precision;
import trex.model.Prepared;
import trex.model.Recipe;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunRequest;
import trex.model.StudyId;
import trex.model.Work;
import trex.training.LowerLayers;

/// Predicts what a recipe takes on this machine before it runs: time, memory, disk.
///
/// The first question about a kind of training (model, data, method, batch, formats) is answered
/// by a [Rehearsal] of less than a minute on most machines; what it showed is kept in the home
/// folder, so that recipes that differ in examples, epochs, rates or validations cost nothing more.
public final class Estimator {
    /// Of what is kept: paces of another form are not read.
    private static final int FORM = 3;

    private final Places places;
    private final WorkerSettings settings;
    private final KeptPaces paces;

    public Estimator(Places places, WorkerSettings settings) {
        this.places = places;
        this.settings = settings;
        this.paces = new KeptPaces(places.home());
    }

    /// @param progress what is being done meanwhile
    /// @throws Preparation.Unprepared where model or data are missing, or the machine cannot carry
    ///     the recipe out; the message says why
    public Estimate of(Mission mission, Recipe recipe, Consumer<RunEvent> progress)
            throws Preparation.Unprepared, InterruptedException {
        return within((study, prepared) -> of(mission, recipe, study, prepared, progress), mission, progress);
    }

    /// Estimates a recipe and then carries it out, to see how far from each other the two are.
    ///
    /// @throws Preparation.Unprepared as [#of] does
    public Verified verify(Mission mission, Recipe recipe, Consumer<RunEvent> progress)
            throws Preparation.Unprepared, InterruptedException {
        return within((study, prepared) -> {
            Estimate estimate = of(mission, recipe, study, prepared, progress);
            RunRequest whole = new RunRequest(new RunId("whole"), study, mission, prepared.model(), prepared.splits(),
                    new Work.Train(recipe));
            return new Verified(estimate, Rehearsal.carryOut(places.home(), command(), whole, progress).cost());
        }, mission, progress);
    }

    /// @param measured what the run then took
    public record Verified(Estimate estimate, RunCost measured) {}

    /// What is done in a study's folder that is deleted afterwards.
    @FunctionalInterface
    private interface Visit<T> {
        T in(StudyId study, Prepared prepared) throws WorkFailed, BrokenData, IOException, InterruptedException;
    }

    private <T> T within(Visit<T> visit, Mission mission, Consumer<RunEvent> progress)
            throws Preparation.Unprepared, InterruptedException {
        StudyId study = new StudyId("estimate-" + ProcessHandle.current().pid());
        try {
            try {
                return visit.in(study, new LocalPreparation(places).prepare(study, mission, progress));
            } finally {
                FileTree.discard(places.home().toAbsolutePath().resolve("studies").resolve(study.value()));
            }
        } catch (WorkFailed | BrokenData e) {
            throw new Preparation.Unprepared(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Preparation.Unprepared(
                    "No estimate: " + places.home() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /// A language model is not asked: an estimate costs nothing. Rows that it would write count, as if they
    /// were like those that are there.
    private Estimate of(Mission mission, Recipe whole, StudyId study, Prepared prepared, Consumer<RunEvent> progress)
            throws WorkFailed, BrokenData, IOException, InterruptedException {
        Recipe recipe = whole.withData(whole.data().withoutAsking());
        SplitReader reader = new SplitReader(InstantSource.system());
        List<Example> train = reader.read(prepared.splits().train());
        int limit = mission.budget().examplesPerRound();
        TrainingRows rows = new DataPipeline().run(recipe.data(), train, recipe.seed(), limit);
        double growth = ExpectedRows.of(whole.data(), train.size(), rows, limit) / rows.examples().size();
        List<Example> validation = reader.read(prepared.splits().validation());
        try (BaseModel base = new BaseModels(places.home()).open(prepared.model())) {
            Misfit.refuse(recipe, mission, base.config());
            ExampleEncoder encoder = ExampleEncoder.of(base, mission.data().template());
            TrainingExamples examples = TrainingExamples.of(recipe, rows.examples(), encoder);
            Rehearsal.Size size = new Rehearsal.Size(examples.objective().size(), ModelSize.parameters(base.config()),
                    kept(base.config(), recipe, examples));
            Path kept = paces.file(kind(mission, recipe, prepared, base.config(), examples.longest(), size.kept() > 0));
            Pace.Amount amount = amount(recipe, Math.round(growth * size.examples()), size.kept(), validation.size());
            long disk = Resources.disk(base.config(), recipe);
            Optional<Pace> known = KeptPaces.read(kept);
            if (known.isPresent()) {
                return known.get().of(amount, disk, 0);
            }
            long began = System.nanoTime();
            Pace pace = rehearse(new Rehearsal(places.home(), study, command()), mission, recipe, prepared, size,
                    base.config(), validation, progress);
            double rehearsal = (System.nanoTime() - began) / 1e9;
            KeptPaces.keep(kept, pace);
            return pace.of(amount, disk, rehearsal);
        } catch (UnreadableModel e) {
            throw new WorkFailed(FailureKind.INPUT, String.valueOf(e.getMessage()), e);
        }
    }

    /// All that a recipe may come to: early stopping is not foreseen.
    private static Pace.Amount amount(Recipe recipe, long size, double kept, int validationRows) {
        Optimization optimization = recipe.optimization();
        long examples = Math.max(1, Math.round(optimization.epochs() * size));
        long perStep = optimization.examplesAStep();
        int validations = (int) Math.min(recipe.validations(), (examples + perStep - 1) / perStep);
        boolean averages = recipe.selection().averaged() > 1 && validations > 1;
        return new Pace.Amount(examples, Math.min(examples, size), validations + (averages ? 1 : 0), validationRows,
                Math.round(kept * size));
    }

    /// Bytes an example of frozen layers' outputs, where the training will keep them; the wider format's
    /// where the machine chooses.
    private static double kept(ModelConfig config, Recipe recipe, TrainingExamples examples) {
        Precision precision = recipe.precision() == Precision.AUTO ? Precision.FP32 : recipe.precision();
        long row = LanguageModel.lowerRowBytes(config, precision);
        long room = Resources.ofThisMachine().spare(config, recipe, precision, examples.longest());
        return LowerLayers.of(recipe, examples.objective(), row, room)
                .map(outputs -> (double) outputs.size() * row / examples.objective().size()).orElse(0.0);
    }

    /// The first worker of a home folder unpacks the numeric library and calibrates the machine,
    /// which is not to be counted: then a second rehearsal counts.
    private Pace rehearse(Rehearsal rehearsal, Mission mission, Recipe recipe, Prepared prepared,
            Rehearsal.Size size, ModelConfig model, List<Example> validation, Consumer<RunEvent> progress)
            throws WorkFailed, IOException, InterruptedException {
        boolean first = !Files.isDirectory(NativeLibrary.folder(places.home()))
                || Calibration.decides(recipe.precision(), model) && !Calibrator.hasRun(places.home());
        Pace pace = rehearsal.of("rehearsal", mission, recipe, prepared, size, validation, progress);
        return first
                ? rehearsal.of("rehearsal-2", mission, recipe, prepared, size, validation, progress)
                : pace;
    }

    private WorkerCommand command() {
        return new WorkerCommand(places.home(), settings);
    }

    /// All that the pace depends on, and this machine.
    private List<Object> kind(Mission mission, Recipe recipe, Prepared prepared, ModelConfig config, int longest,
            boolean keepsLower) {
        return List.of(FORM, keepsLower, prepared.model().sha256(), prepared.splits().train().sha256(),
                prepared.splits().validation().sha256(), mission.data().template(), mission.metric(), recipe.method(),
                recipe.procedure(), recipe.optimization().optimizer(), recipe.optimization().noise() > 0,
                recipe.optimization().batchSize(), recipe.lossOn(), recipe.maxLength(), recipe.precision(),
                recipe.gradientCheckpointing(), Resources.ofThisMachine().room(config, recipe, longest), settings,
                Claim.ofThisProcess(0).host(), System.getProperty("os.arch"));
    }
}
