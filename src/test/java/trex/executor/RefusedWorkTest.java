package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.lm.BaseModel;
import trex.lm.ModelReader;
import trex.model.FailureKind;
import trex.model.Method;
import trex.model.Recipe;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Split;
import trex.model.Work;

/// What the world can do to a run before it begins: each ends in one sentence for the person.
class RefusedWorkTest {
    private static final Resources PLENTY = new Resources(() -> Long.MAX_VALUE, _ -> Long.MAX_VALUE);

    @TempDir Path home;
    private Path model;
    private TinyStudy study;

    @BeforeEach
    void copyTheModel() throws IOException {
        TinyStudy.assumeModel();
        model = Files.createDirectory(home.resolve("model"));
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors")) {
            Files.copy(TinyStudy.model().resolve(file), model.resolve(file));
        }
        study = new TinyStudy(home);
    }

    @Test
    void aModelThatIsGoneIsNamed() throws Exception {
        RunRequest request = measuring();
        Files.move(model, home.resolve("elsewhere"));
        assertRefused(request, PLENTY, FailureKind.INPUT, "The model " + model + " is not there any more");
    }

    @Test
    void aModelThatLostItsWeightsIsNamed() throws Exception {
        RunRequest request = measuring();
        Files.delete(weights());
        assertRefused(request, PLENTY, FailureKind.INPUT, model + " has no .safetensors file");
    }

    @Test
    void aModelThatChangedSinceTheStudyBeganIsRefused() throws Exception {
        RunRequest request = measuring();
        byte[] bytes = Files.readAllBytes(weights());
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights(), bytes);
        assertRefused(request, PLENTY, FailureKind.INPUT, "is not the one that the study began with");
    }

    @Test
    void aModelFileThatWasCutIsRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(weights());
        Files.write(weights(), Arrays.copyOf(bytes, bytes.length - 1000));
        assertRefused(measuring(), PLENTY, FailureKind.INPUT, "model.safetensors");
    }

    @Test
    void aDamagedConfigurationIsRefused() throws Exception {
        Files.writeString(model.resolve("config.json"), "{\"architectures\": [");
        assertRefused(measuring(), PLENTY, FailureKind.INPUT, "config.json");
    }

    @Test
    void aTokenizerThatChangedSinceTheStudyBeganIsRefused() throws Exception {
        RunRequest request = measuring();
        Path tokenizer = model.resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer) + "\n");
        assertRefused(request, PLENTY, FailureKind.INPUT, "is not the one that the study began with");
    }

    @Test
    void aTokenizerOfAnotherModelIsRefused() throws Exception {
        Path tokenizer = model.resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer).replaceFirst("\"([^\"]+)\":\\s*767", "\"$1\": 90000"));
        assertRefused(measuring(), PLENTY, FailureKind.INPUT, "tokenizer.json");
    }

    @Test
    void aSplitThatChangedSinceItWasSealedIsRefused() throws Exception {
        RunRequest request = measuring();
        Path split = Path.of(request.splits().validation().path());
        Files.writeString(split, Files.readString(split).replace("colour", "number"));
        assertRefused(request, PLENTY, FailureKind.INPUT, split.toString());
    }

    @Test
    void aStartThatDoesNotFitTheModelIsRefusedBeforeTheFirstRound() throws Exception {
        int layers = layers();
        RunRequest request = measuring();
        Recipe start = study.recipe.withMethod(study.recipe.method().withFrozenLayers(layers));
        RunRequest misfit = new RunRequest(request.id(), request.study(), request.mission().withStart(start),
                request.model(), request.splits(), request.work(), request.device());
        assertRefused(misfit, PLENTY, FailureKind.INPUT,
                "The recipe does not fit the model: frozenLayers is " + layers + ", but the model has " + layers + " layers");
    }

    @Test
    void moreFrozenLayersThanTheModelHasAreRefusedWithTheirNumber() throws Exception {
        int layers = layers();
        Method frozen = study.recipe.method().withFrozenLayers(layers);
        assertRefused(study.request("run", new Work.Train(study.recipe.withMethod(frozen)), model), PLENTY, FailureKind.INPUT,
                "The recipe does not fit the model: frozenLayers is " + layers + ", but the model has " + layers + " layers");
    }

    @Test
    void aTrainingThatDoesNotFitTheMemoryIsRefusedWithTheNumbers() throws Exception {
        assertRefused(training(), new Resources(() -> 100L << 20, _ -> Long.MAX_VALUE), FailureKind.OUT_OF_MEMORY,
                "The recipe needs about", "but 100 MiB are available; use a smaller batch, shorter examples or LoRA with base = nf4");
    }

    @Test
    void aMeasurementThatDoesNotFitTheMemoryIsRefusedWithTheNumbers() throws Exception {
        assertRefused(measuring(), new Resources(() -> 100L << 20, _ -> Long.MAX_VALUE), FailureKind.OUT_OF_MEMORY,
                "The model needs about", "but 100 MiB are available");
    }

    @Test
    void checkpointsThatDoNotFitTheDiskAreRefusedBeforeTheTraining() throws Exception {
        RunRequest full = study.request("run", new Work.Train(study.recipe.withMethod(new Method.Full())), model);
        assertRefused(full, new Resources(() -> Long.MAX_VALUE, _ -> 8L << 20), FailureKind.DISK_FULL,
                "Checkpoints of this recipe need", "but 8 MiB are free at " + home);
    }

    @Test
    void aWorkersRefusalIsAFailedRunWithTheSameSentence() throws Exception {
        RunRequest request = measuring();
        Files.move(model, home.resolve("elsewhere"));
        WorkerCommand command = new WorkerCommand(home, new WorkerSettings(1, false, 256));

        RunOutcome outcome = new LocalRunner(home, command, null).start(request, _ -> {}).await();

        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.INPUT);
            assertThat(failed.phase()).isEqualTo("opening the model nano");
            assertThat(failed.message()).isEqualTo(
                    "The model " + model + " is not there any more; put it back or start a new study");
        });
        JobFolder job = JobFolder.of(home, request.study(), request.id());
        Await.until("the launcher's last words", () -> job.attempt(1).exit().isPresent());
    }

    private int layers() throws Exception {
        try (BaseModel base = ModelReader.open(model)) {
            return base.config().layers();
        }
    }

    private Path weights() {
        return model.resolve("model.safetensors");
    }

    private RunRequest measuring() throws IOException {
        return study.request("run", new Work.Measure(null, Split.VALIDATION), model);
    }

    private RunRequest training() throws IOException {
        return study.request("run", new Work.Train(study.recipe), model);
    }

    private void assertRefused(RunRequest request, Resources resources, FailureKind kind, String... words)
            throws IOException {
        JobFolder job = JobFolder.of(home, request.study(), request.id());
        job.specify(request);
        assertThat(job.attempt(1).create()).isTrue();
        Assignment assignment = new Assignment(job, job.attempt(1), _ -> {});
        assertThatThrownBy(() -> new FineTuning(home, resources).carryOut(assignment))
                .isInstanceOfSatisfying(WorkFailed.class, refused -> assertThat(refused.kind()).isEqualTo(kind))
                .message().contains(words).doesNotContain("Exception").doesNotContain("\n");
    }
}
