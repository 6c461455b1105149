package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trex.data.BrokenData;
import trex.data.DataPipeline;
import trex.data.HeldOut;
import trex.data.SplitFile;
import trex.data.SplitReader;
import trex.data.TrainingRows;
import trex.data.asking.AskedModel;
import trex.data.asking.Asking;
import trex.json.Json;
import trex.model.Recipe;
import trex.model.RunRequest;
import trex.model.SealedSplit;
import trex.model.Split;
import trex.model.Work;

/// The training rows of recipes that ask a language model. They are made here, where the person's key
/// is, before a worker starts, and lie sealed in the job's folder: a worker asks nobody.
final class AskedRows {
    private static final String LIST = "rows.json";

    private final @Nullable AskedModel model;

    /// @param model null where none is configured
    AskedRows(@Nullable AskedModel model) {
        this.model = model;
    }

    /// Makes the rows of a run that has none yet.
    ///
    /// @param log where each answer's price is noted
    /// @throws BrokenData where there is no model, or it cannot be asked; the message says what to do
    void make(RunRequest request, JobFolder job, AskingLog log) throws BrokenData, IOException, InterruptedException {
        if (!(request.work() instanceof Work.Train(Recipe recipe)) || !areMissing(request, job)) {
            return;
        }
        TrainingRows made = new DataPipeline(model == null ? null : asking(model, request, log)).run(recipe.data(),
                new SplitReader(InstantSource.system()).read(request.splits().train()), recipe.seed(),
                request.mission().budget().examplesPerRound());
        SealedSplit sealed = SplitFile.write(job.path().resolve("rows.jsonl"), Split.TRAIN, made.examples());
        DurableFiles.replace(job.path().resolve(LIST),
                Json.mapper().writeValueAsString(new Kept(sealed, made.keepsOrder(), made.steps())));
        log.add(0); // the time since the last answer
    }

    /// Whether a run needs rows and has none yet.
    static boolean areMissing(RunRequest request, JobFolder job) {
        return request.work() instanceof Work.Train(Recipe recipe) && recipe.data().asksModel()
                && !Files.exists(job.path().resolve(LIST));
    }

    private static Asking asking(AskedModel model, RunRequest request, AskingLog log) throws BrokenData {
        AskedModel counted = new AskedModel(new CountedModel(model.model(), log), model.parallel(), model.tokens());
        return new Asking(counted, request.mission().data().template().answers(), HeldOut.of(request.splits()).orElse(null));
    }

    /// The rows that lie in a job's folder; nothing where its recipe asks nobody.
    ///
    /// @throws BrokenData where they were changed
    static Optional<TrainingRows> of(JobFolder job) throws BrokenData, IOException {
        Optional<Kept> kept = kept(job);
        return kept.isEmpty() ? Optional.empty() : Optional.of(new TrainingRows(
                new SplitReader(InstantSource.system()).read(kept.get().rows()), kept.get().keepsOrder(), kept.get().steps()));
    }

    /// Digest of the rows; empty where the recipe asks nobody.
    static String digest(JobFolder job) throws IOException {
        return kept(job).map(kept -> kept.rows().sha256()).orElse("");
    }

    private static Optional<Kept> kept(JobFolder job) throws IOException {
        return DurableFiles.read(job.path().resolve(LIST), Kept.class);
    }

    /// What is written.
    record Kept(SealedSplit rows, boolean keepsOrder, List<TrainingRows.Step> steps) {}
}
