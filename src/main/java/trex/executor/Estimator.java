package trex.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.data.BrokenData;
import trex.data.DataPipeline;
import trex.data.SplitReader;
import trex.fetch.Places;
import trex.json.Json;
import trex.lm.BaseModel;
import trex.lm.ExampleEncoder;
import trex.lm.UnreadableModel;
import trex.loop.Preparation;
import trex.model.Example;
import trex.model.FailureKind;
import trex.model.Mission;
import trex.model.Optimization;
import trex.model.Prepared;
import trex.model.Procedure;
import trex.model.Recipe;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunRequest;
import trex.model.StudyId;
import trex.model.Work;

/// Predicts what a recipe takes on this machine before it runs: time, memory, disk.
///
/// The first question about a kind of training (model, data, method, batch, precision) is answered
/// by a [Rehearsal] of less than a minute on most machines; what it showed is kept in the home
/// folder, so that recipes that differ in examples, epochs, rates or validations cost nothing more.
public final class Estimator {
    private static final Logger LOG = LoggerFactory.getLogger(Estimator.class);

    private final Places places;
    private final WorkerSettings settings;

    public Estimator(Places places, WorkerSettings settings) {
        this.places = places;
        this.settings = settings;
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
                FileTree.delete(places.home().toAbsolutePath().resolve("studies").resolve(study.value()));
            }
        } catch (WorkFailed | BrokenData e) {
            throw new Preparation.Unprepared(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Preparation.Unprepared("No estimate: " + places.home() + " cannot be written: " + e.getMessage(), e);
        }
    }

    private Estimate of(Mission mission, Recipe recipe, StudyId study, Prepared prepared, Consumer<RunEvent> progress)
            throws WorkFailed, BrokenData, IOException, InterruptedException {
        SplitReader reader = new SplitReader(InstantSource.system());
        List<Example> rows = new DataPipeline().run(recipe.data(), reader.read(prepared.splits().train()),
                recipe.seed(), mission.budget().examplesPerRound()).examples();
        List<Example> validation = reader.read(prepared.splits().validation());
        int examples = examples(mission, recipe, prepared, rows);
        Path kept = places.home().resolve("estimates").resolve(kind(mission, recipe, prepared) + ".json");
        Optional<Pace> known = read(kept);
        double rehearsal = 0;
        Pace pace;
        if (known.isPresent()) {
            pace = known.get();
        } else {
            long began = System.nanoTime();
            pace = rehearse(new Rehearsal(places.home(), study, command()), mission, recipe, prepared,
                    examples, validation, progress);
            keep(kept, pace);
            rehearsal = (System.nanoTime() - began) / 1e9;
        }
        return estimate(recipe, prepared, pace, examples, validation.size(), rehearsal);
    }

    /// Examples that an epoch passes over, as the procedure counts them.
    private int examples(Mission mission, Recipe recipe, Prepared prepared, List<Example> rows)
            throws WorkFailed, IOException {
        if (!(recipe.procedure() instanceof Procedure.ContinuedPretraining)) {
            boolean apart = recipe.procedure() instanceof Procedure.Kto;
            return rows.size() + (apart ? (int) rows.stream().filter(row -> row.rejected() != null).count() : 0);
        }
        try (BaseModel base = new BaseModels(places.home()).open(prepared.model())) {
            ExampleEncoder encoder = ExampleEncoder.of(base, mission.data().template());
            return TrainingExamples.of(recipe, rows, encoder).objective().size();
        } catch (UnreadableModel e) {
            throw new WorkFailed(FailureKind.INPUT, String.valueOf(e.getMessage()), e);
        }
    }

    private Estimate estimate(Recipe recipe, Prepared prepared, Pace pace, int rows, int validationRows,
            double rehearsal) throws WorkFailed, IOException {
        Optimization optimization = recipe.optimization();
        long examples = Math.max(1, Math.round(optimization.epochs() * rows));
        long perStep = (long) optimization.batchSize() * optimization.accumulation();
        int validations = (int) Math.min(recipe.validations(), (examples + perStep - 1) / perStep);
        try (BaseModel base = new BaseModels(places.home()).open(prepared.model())) {
            long disk = Resources.CHECKPOINTS * ModelSize.checkpointBytes(base.config(), recipe);
            return pace.of(examples, Math.min(rows, examples), validations, validationRows, disk, rehearsal);
        } catch (UnreadableModel e) {
            throw new WorkFailed(FailureKind.INPUT, String.valueOf(e.getMessage()), e);
        }
    }

    /// The very first worker of a home folder unpacks the numeric library, which is not to be
    /// counted: then a second rehearsal counts.
    private Pace rehearse(Rehearsal rehearsal, Mission mission, Recipe recipe, Prepared prepared, int rows,
            List<Example> validation, Consumer<RunEvent> progress) throws WorkFailed, IOException, InterruptedException {
        boolean first = !Files.isDirectory(WorkerEnvironment.nativeLibraries(places.home()));
        Pace pace = rehearsal.of("rehearsal", mission, recipe, prepared, rows, validation, progress);
        return first ? rehearsal.of("rehearsal-2", mission, recipe, prepared, rows, validation, progress) : pace;
    }

    private WorkerCommand command() {
        return new WorkerCommand(places.home(), settings);
    }

    /// All that the pace depends on, and this machine.
    private String kind(Mission mission, Recipe recipe, Prepared prepared) {
        List<Object> parts = List.of(prepared.model().sha256(), prepared.splits().train().sha256(),
                prepared.splits().validation().sha256(), mission.data().template(), mission.metric(),
                recipe.method(), recipe.procedure(), recipe.optimization().optimizer(), recipe.optimization().batchSize(), recipe.lossOn(),
                recipe.maxLength(), recipe.precision(), settings, Claim.ofThisProcess(0).host(), System.getProperty("os.arch"));
        try {
            return FolderDigest.ofText(Json.mapper().writeValueAsString(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a mission is made to be written as JSON", e);
        }
    }

    private static Optional<Pace> read(Path kept) {
        try {
            return Files.exists(kept)
                    ? Optional.of(Json.mapper().readValue(kept.toFile(), Pace.class))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read and is measured anew", kept, e);
            return Optional.empty();
        }
    }

    private static void keep(Path file, Pace pace) throws IOException {
        Files.createDirectories(file.getParent());
        DurableFiles.replace(file, Json.mapper().writeValueAsString(pace));
    }
}
