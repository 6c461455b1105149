package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.data.asking.AskedModel;
import trex.evaluation.Prediction;
import trex.json.Json;
import trex.loop.RecipeRunner;
import trex.model.DeviceList;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunRequest;
import trex.model.StudyId;

/// Carries runs out on this machine, each in a worker process that goes on when this one dies.
///
/// A run that is going is joined; one that has ended yields its outcome; one that was stopped goes
/// on from its newest checkpoint; one whose worker vanished without a word (power cut, restart) is
/// tried again, at most three times. Work that another run has completed is not repeated: its
/// outcome is taken over (see [FinishedWork]).
public final class LocalRunner implements RecipeRunner {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRunner.class);

    private final Path home;
    private final WorkerCommand command;
    private final FinishedWork finished;
    private final AskedRows asked;

    /// @param home the program's home folder
    public LocalRunner(Path home, WorkerSettings settings) {
        this(home, settings, null);
    }

    /// @param home the program's home folder
    /// @param asked the language model that data recipes may ask, or null where none is configured
    public LocalRunner(Path home, WorkerSettings settings, @Nullable AskedModel asked) {
        this(home, new WorkerCommand(home, settings), ProgramCode.digest(home).orElse(null), asked);
    }

    /// @param code digest of the program, or null where no work shall be reused
    LocalRunner(Path home, WorkerCommand command, @Nullable String code) {
        this(home, command, code, null);
    }

    LocalRunner(Path home, WorkerCommand command, @Nullable String code, @Nullable AskedModel asked) {
        this.asked = new AskedRows(asked);
        this.home = home;
        this.command = command;
        this.finished = new FinishedWork(home, code);
    }

    @Override
    public Running start(RunRequest request, Consumer<RunEvent> progress) {
        JobFolder job = JobFolder.of(home, request.study(), request.id());
        FollowedRun run = new FollowedRun(job, request, command, finished, asked, progress);
        Thread.ofVirtual().name("run-" + request.id()).start(run::follow);
        return run;
    }

    @Override
    public Optional<DeviceList> devices(StudyId study, RunId run) {
        try {
            return JobFolder.of(home, study, run).specified().map(RunRequest::devices);
        } catch (IOException e) {
            LOG.warn("where {} computes cannot be read", run, e);
            return Optional.empty();
        }
    }

    @Override
    public List<RunEvent> story(StudyId study, RunId run) {
        try {
            return events(study, run);
        } catch (IOException e) {
            LOG.warn("the story of {} cannot be read", run, e);
            return List.of();
        }
    }

    /// The events of a run so far, from its job folder; none for a run that has no folder.
    ///
    /// @throws IOException if the folder cannot be read
    public List<RunEvent> events(StudyId study, RunId run) throws IOException {
        JobFolder job = JobFolder.of(home, study, run);
        return Files.isDirectory(job.path()) ? job.events() : List.of();
    }

    /// What a run's model answered when it was measured last, from its job folder; empty where it was
    /// not. A run that opened the test split answered that one.
    ///
    /// @throws IOException if the file cannot be read
    public List<Prediction> predictions(StudyId study, RunId run) throws IOException {
        Path file = JobFolder.of(home, study, run).predictions();
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Prediction> predictions = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            predictions.add(Json.mapper().readValue(line, Prediction.class));
        }
        return predictions;
    }
}
