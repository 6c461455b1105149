package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.loop.Disk;
import trex.json.Json;
import trex.model.Checkpoint;
import trex.model.Example;
import trex.model.FailureKind;
import trex.model.LoraInit;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Recipe;
import trex.model.GradientCheckpointing;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.SealedSplit;
import trex.model.SealedSplits;
import trex.model.Selection;
import trex.model.Split;
import trex.model.Work;

/// The real work on the embedded model, in this process.
class FineTuningTest {
    private static final int STEPS = 8;
    private static final long MEBI = 1 << 20;

    @TempDir Path home;
    private final List<RunEvent> heard = new ArrayList<>();
    private TinyStudy study;

    @BeforeEach
    void open() {
        TinyStudy.assumeModel();
        study = new TinyStudy(home);
    }

    @Test
    void aTrainingTellsItsStepsMeasuresAndKeepsItsBestCheckpoint() throws Exception {
        RunOutcome outcome = carryOut("run", new Work.Train(study.recipe), heard::add);

        RunOutcome.Completed completed = (RunOutcome.Completed) outcome;
        assertThat(completed.cost().examples()).isEqualTo(64);
        assertThat(heard).filteredOn(RunEvent.Step.class::isInstance).hasSize(STEPS);
        assertThat(heard).filteredOn(RunEvent.Validated.class::isInstance).hasSize(2);
        Checkpoint checkpoint = Objects.requireNonNull(completed.checkpoint());
        assertThat(FolderDigest.verify(Path.of(checkpoint.path()))).contains(checkpoint.sha256());
        assertThat(Path.of(checkpoint.path())).isDirectoryContaining("glob:**/adapter_model.safetensors")
                .isDirectoryNotContaining("glob:**/moments*");
        assertThat(Files.readAllLines(job("run").predictions())).hasSize(24).first().asString().contains("\"given\"");
    }

    @Test
    void aTrainingTakesAsMuchOfTheDiskAsWasForeseen() throws Exception {
        LocalDisk disk = new LocalDisk(home);
        Recipe recipe = study.recipe.withMethod(new Method.Full(0));
        RunRequest request = study.request("run", new Work.Train(recipe));
        Disk.Need need = disk.need(request.model(), recipe);
        carryOut(request, heard::add);
        assertThat(disk.held(request.study(), request.id())).isBetween((long) (2 * need.kept()), (long) need.peak());
        disk.release(request.study(), request.id());
        assertThat((double) disk.held(request.study(), request.id())).isCloseTo(need.kept(), within(1.0 * MEBI));
        assertThat(need.kept()).isGreaterThan(5 * MEBI);
    }

    @Test
    void aCheckpointMeasuresAsItDidInTraining() throws Exception {
        RunOutcome.Completed trained = (RunOutcome.Completed) carryOut("run", new Work.Train(study.recipe), heard::add);

        RunOutcome.Completed measured = (RunOutcome.Completed) carryOut("again",
                new Work.Measure(trained.checkpoint(), Split.VALIDATION), heard::add);

        assertThat(measured.score()).isEqualTo(trained.score());
    }

    @Test
    void aModelTunedByAllThatMayBeAskedOfAdaptersMeasuresAsItDidInTraining() throws Exception {
        Method method = new Method.Lora(4, 8, LoraTargets.ATTENTION).withInit(LoraInit.PRINCIPAL).withMagnitudes(true)
                .withRateRatio(4).withFrozenLayers(1);
        Recipe recipe = study.recipe.withMethod(method).withOptimization(study.recipe.optimization().withNoise(5))
                .withValidations(1);
        RunOutcome.Completed trained = (RunOutcome.Completed) carryOut("run", new Work.Train(recipe), heard::add);

        RunOutcome.Completed measured = (RunOutcome.Completed) carryOut("again",
                new Work.Measure(trained.checkpoint(), Split.VALIDATION), heard::add);

        assertThat(heard).filteredOn(RunEvent.Step.class::isInstance).hasSize(STEPS);
        assertThat(measured.score()).isEqualTo(trained.score());
    }

    @Test
    void frozenLayersAreRunOnceWhereThereIsMemoryForTheirOutputs() throws Exception {
        Recipe recipe = study.recipe.withMethod(study.recipe.method().withFrozenLayers(2));
        Recipe twice = recipe.withOptimization(recipe.optimization().withEpochs(2));

        assertThat(carryOut("run", new Work.Train(twice), heard::add)).isInstanceOf(RunOutcome.Completed.class);

        assertThat(notices()).anyMatch(text -> text.startsWith("Runs the frozen layers once for all steps: "));
    }

    @Test
    void examplesLongerThanTheModelsContextAreCutToItAndCounted() throws Exception {
        Path file = home.resolve("long.jsonl");
        String line = Json.mapper().writeValueAsString(new Example("train:0", null, "red ".repeat(2000) + "\nKind:", " colour"));
        Files.writeString(file, (line + "\n").repeat(8));
        Recipe recipe = study.recipe.withMaxLength(100_000);
        RunRequest request = study.request("run", new Work.Train(
                recipe.withOptimization(recipe.optimization().withBatchSize(1).withEpochs(0.2)).withValidations(1)));
        SealedSplits splits = request.splits();
        RunRequest longer = new RunRequest(request.id(), request.study(), request.mission(), request.model(),
                new SealedSplits(new SealedSplit(Split.TRAIN, file.toString(), 8, FolderDigest.ofFile(file)),
                        splits.validation(), splits.test(), 0), request.work(), "cpu");

        assertThat(carryOut(longer, heard::add)).isInstanceOf(RunOutcome.Completed.class);

        assertThat(notices()).contains("8 of 8 examples are longer than 512 tokens, the model's context, and were cut");
    }

    @Test
    void aTrainingThatDivergesTellsTheStepAndItsBatchAndKeepsItsLastGoodCheckpoint() throws Exception {
        Recipe wild = study.recipe.withMethod(new Method.Full())
                .withOptimization(study.recipe.optimization().withLearningRate(1).withEpochs(10)).withValidations(80);

        RunOutcome outcome = carryOut("run", new Work.Train(wild), heard::add);

        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.DIVERGED);
            assertThat(failed.message()).containsPattern("diverged at step \\d+: the .* \\(examples .*, .*, .* and 5 more\\)")
                    .containsPattern("its last good checkpoint, of step \\d+, is kept");
        });
        assertThat(heard).anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(RunEvent.Notice.class,
                notice -> assertThat(notice.text().split(", ")).hasSize(8)));
        assertThat(job("run").attempt(1).checkpoints()).isDirectoryContaining("glob:**/step-*");
    }

    @Test
    void theTestSplitIsOpenedOnTheRecord() throws Exception {
        assertThat(carryOut("base", new Work.Measure(null, Split.TEST), heard::add))
                .isInstanceOfSatisfying(RunOutcome.Completed.class, c -> assertThat(c.score().n()).isEqualTo(24));
        assertThat(home.resolve("test-openings.log")).content().contains("opened by run base");
    }

    @Test
    void aStoppedTrainingGoesOnToTheSameBits() throws Exception {
        RunOutcome.Completed undisturbed =
                (RunOutcome.Completed) carryOut("whole", new Work.Train(study.recipe), heard::add);
        RunOutcome stopped = carryOut("parts", new Work.Train(study.recipe), event -> {
            if (event instanceof RunEvent.Step step && step.step() == 3) {
                cancel("parts");
            }
        });
        assertThat(stopped).isInstanceOfSatisfying(RunOutcome.Stopped.class, s -> assertThat(s.step()).isEqualTo(3));
        job("parts").uncancel();

        RunOutcome.Completed resumed =
                (RunOutcome.Completed) carryOut("parts", new Work.Train(study.recipe), heard::add);

        assertThat(resumed.score()).isEqualTo(undisturbed.score());
        assertThat(adapter(resumed)).hasBinaryContent(Files.readAllBytes(adapter(undisturbed)));
    }

    @Test
    void gradientCheckpointingIsSaidWithItsReasonAndChangesNoBit() throws Exception {
        RunOutcome.Completed plain = (RunOutcome.Completed) carryOut("plain", new Work.Train(study.recipe), heard::add);
        assertThat(notices()).anyMatch(text -> text.startsWith("Gradient checkpointing is off: without it the recipe needs"));
        heard.clear();

        RunOutcome.Completed recomputed = (RunOutcome.Completed) carryOut("recomputed",
                new Work.Train(study.recipe.withGradientCheckpointing(GradientCheckpointing.ON)), heard::add);

        assertThat(notices()).contains("Gradient checkpointing is on as the recipe says");
        assertThat(adapter(recomputed)).hasBinaryContent(Files.readAllBytes(adapter(plain)));
    }

    @Test
    void earlierStatesServeTheirMeanAndDoNotStay() throws Exception {
        RunOutcome.Completed completed = (RunOutcome.Completed) carryOut("run",
                new Work.Train(study.recipe.withSelection(new Selection(0, 2))), heard::add);
        assertThat(heard).filteredOn(RunEvent.Validated.class::isInstance).hasSize(3);
        assertThat(notices()).contains("Measures the mean of the states after steps 4, 8");
        assertThat(Path.of(Objects.requireNonNull(completed.checkpoint()).path()))
                .isDirectoryNotContaining("glob:**/state-*");
    }

    private List<String> notices() {
        return heard.stream().filter(RunEvent.Notice.class::isInstance)
                .map(event -> ((RunEvent.Notice) event).text()).toList();
    }

    @Test
    void aTrainingThatIsStoppedWhileItIsMeasuredLosesNoStepAndGoesOnToTheSameScore() throws Exception {
        RunOutcome.Completed undisturbed =
                (RunOutcome.Completed) carryOut("whole", new Work.Train(study.recipe), heard::add);
        RunOutcome stopped = carryOut("parts", new Work.Train(study.recipe), event -> {
            if (event instanceof RunEvent.Phase(String text, _) && text.startsWith("measuring")) {
                cancel("parts");
            }
        });
        assertThat(stopped).isInstanceOfSatisfying(RunOutcome.Stopped.class,
                s -> assertThat(s.step()).isEqualTo(STEPS / 2));
        job("parts").uncancel();

        List<RunEvent> rest = new ArrayList<>();
        RunOutcome.Completed resumed =
                (RunOutcome.Completed) carryOut("parts", new Work.Train(study.recipe), rest::add);

        assertThat(rest).filteredOn(RunEvent.Validated.class::isInstance).hasSize(2);
        assertThat(resumed.score()).isEqualTo(undisturbed.score());
        assertThat(adapter(resumed)).hasBinaryContent(Files.readAllBytes(adapter(undisturbed)));
    }

    @Test
    void weightsThatWereSwappedAfterTheTrainingAreNotMeasured() throws Exception {
        RunOutcome.Completed trained = (RunOutcome.Completed) carryOut("run", new Work.Train(study.recipe), heard::add);
        byte[] weights = Files.readAllBytes(adapter(trained));
        weights[weights.length - 1] ^= 1;
        Files.write(adapter(trained), weights);
        assertThatThrownBy(() -> carryOut("test", new Work.Measure(trained.checkpoint(), Split.TEST), heard::add))
                .isInstanceOfSatisfying(WorkFailed.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT))
                .hasMessageContaining("was changed since it was written");
    }

    @Test
    void aModelThatChangedSinceTheStudyBeganIsRefused() throws Exception {
        RunRequest request = study.request("run", new Work.Measure(null, Split.VALIDATION));
        RunRequest changed = new RunRequest(request.id(), request.study(), request.mission(),
                new trex.model.ModelFiles("nano", request.model().path(), "f".repeat(64)),
                request.splits(), request.work(), "cpu");
        assertThatThrownBy(() -> carryOut(changed, heard::add)).isInstanceOfSatisfying(WorkFailed.class, e -> {
            assertThat(e.kind()).isEqualTo(FailureKind.INPUT);
            assertThat(e).hasMessageContaining("is not the one that the study began with");
        });
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() throws Exception {
        RunRequest request = study.request("run", new Work.Measure(null, Split.VALIDATION));
        RunRequest onCuda = new RunRequest(request.id(), request.study(), request.mission(), request.model(),
                request.splits(), request.work(), "cuda:0");
        assertThatThrownBy(() -> carryOut(onCuda, heard::add))
                .isInstanceOf(WorkFailed.class)
                .hasMessageStartingWith("cuda:0 asked for: ");
    }

    private RunOutcome carryOut(String run, Work work, Consumer<RunEvent> events) throws Exception {
        return carryOut(study.request(run, work), events);
    }

    private RunOutcome carryOut(RunRequest request, Consumer<RunEvent> events) throws Exception {
        JobFolder job = JobFolder.of(home, request.study(), request.id());
        job.specify(request);
        Attempt attempt = job.attempt(job.attempts().size() + 1);
        assertThat(attempt.create()).isTrue();
        return new FineTuning(home).carryOut(new Assignment(job, attempt, events));
    }

    private JobFolder job(String run) {
        return new JobFolder(home.resolve("studies/tiny/runs/" + run));
    }

    private void cancel(String run) {
        try {
            job(run).cancel();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path adapter(RunOutcome.Completed completed) {
        return Path.of(Objects.requireNonNull(completed.checkpoint()).path()).resolve("adapter_model.safetensors");
    }
}
