package trex.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
import trex.model.Mission;
import trex.model.Recipe;
import trex.model.RunEvent;
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

    /// Makes the rows of a run that needs them and has none yet.
    ///
    /// @throws BrokenData where there is no model, or it cannot be asked; the message says what to do
    void make(RunRequest request, JobFolder job, Consumer<RunEvent> progress)
            throws BrokenData, IOException, InterruptedException {
        if (!(request.work() instanceof Work.Train(Recipe recipe)) || !recipe.data().asksModel()
                || Files.exists(job.path().resolve(LIST))) {
            return;
        }
        progress.accept(new RunEvent.Phase("asking a language model for training rows", -1));
        Mission mission = request.mission();
        Asking asking = model == null ? null
                : new Asking(model, mission.data().template().answers(), HeldOut.of(request.splits()).orElse(null));
        TrainingRows made = new DataPipeline(asking).run(recipe.data(),
                new SplitReader(InstantSource.system()).read(request.splits().train()), recipe.seed(),
                mission.budget().examplesPerRound());
        SealedSplit sealed = SplitFile.write(job.path().resolve("rows.jsonl"), Split.TRAIN, made.examples());
        DurableFiles.replace(job.path().resolve(LIST),
                Json.mapper().writeValueAsString(new Kept(sealed, made.keepsOrder(), made.steps())));
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
        Path list = job.path().resolve(LIST);
        try {
            return Optional.of(Json.mapper().readValue(Files.readString(list), Kept.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IOException(list + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    /// What is written.
    record Kept(SealedSplit rows, boolean keepsOrder, List<TrainingRows.Step> steps) {}
}
