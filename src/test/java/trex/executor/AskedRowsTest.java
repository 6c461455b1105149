package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.data.asking.AskedModel;
import trex.data.asking.CachedModel;
import trex.llm.LoopbackService;
import trex.loop.RecipeRunner.Running;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.FailureKind;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Work;

/// A real worker, and a real service on this machine.
class AskedRowsTest {
    private static final String KEY = "sk-only-for-the-service";
    private static final WorkerSettings SETTINGS = new WorkerSettings(1, false, 512);

    @TempDir Path home;

    @Test
    void theWorkerTrainsOnRowsThatWereMadeBeforeItStarted() throws Exception {
        TinyStudy.assumeModel();
        RunRequest request = request("run");
        JobFolder job = JobFolder.of(home, request.study(), request.id());
        try (LoopbackService service = new LoopbackService(question -> question.contains("red") ? "1" : "8")) {
            List<RunEvent> said = Collections.synchronizedList(new ArrayList<>());
            RunOutcome outcome = runner(service.asked(KEY)).start(request, said::add).await();

            assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
            assertThat(outcome.cost().askedTokens()).as("as the service counts").isEqualTo(96 * 25);
            assertThat(outcome.cost().askingSeconds()).isPositive();
            assertThat(said).filteredOn(RunEvent.Asked.class::isInstance).last().isEqualTo(new RunEvent.Asked(96 * 25));
            assertThat(AskedRows.of(job).orElseThrow().examples()).hasSize(16)
                    .noneMatch(row -> row.prompt().contains("red"));
            assertThat(job.events()).anyMatch(event -> event instanceof RunEvent.Notice(String text)
                    && text.startsWith("Training rows: score rows (0 without a score, 96 questions to toy"));
            assertThat(service.requests()).hasSize(96);
            assertThat(AskedRows.digest(job)).hasSize(64);
            try (var files = Files.walk(home)) {
                assertThat(files.filter(Files::isRegularFile)).allSatisfy(file ->
                        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).doesNotContain(KEY));
            }
        }
    }

    @Test
    void whatWasPaidBeforeAFaultCountsAndIsNotPaidAgain() throws Exception {
        RunRequest request = request("run");
        AtomicInteger answers = new AtomicInteger();
        try (LoopbackService service = new LoopbackService(_ -> answers.incrementAndGet() <= 5 ? "8" : "nonsense")) {
            AskedModel kept = kept(service.asked(KEY));
            RunOutcome failed = runner(kept).start(request, _ -> {}).await();
            assertThat(failed).isInstanceOfSatisfying(RunOutcome.Failed.class,
                    said -> assertThat(said.message()).contains("no number from 0 to 10"));
            int paid = service.requests().size();
            assertThat(failed.cost().askedTokens()).isEqualTo(paid * 25L);
            assertThat(new AskingLog(JobFolder.of(home, request.study(), request.id())).paid().tokens())
                    .as("also for who finds the folder later").isEqualTo(paid * 25L);

            RunOutcome again = runner(kept).start(request("again"), _ -> {}).await();
            assertThat(again.cost().askedTokens()).as("all was answered before").isZero();
        }
    }

    private AskedModel kept(AskedModel model) {
        return new AskedModel(new CachedModel(model.model(), home.resolve("answers")), model.parallel(), model.tokens());
    }

    @Test
    void aNoteThatWasNotWrittenToItsEndDoesNotCount() throws Exception {
        JobFolder job = new JobFolder(home);
        assertThat(new AskingLog(job).paid()).isEqualTo(new AskingLog.Paid(0, 0));
        new AskingLog(job).add(25);
        Files.writeString(home.resolve("asked.log"), "\n17 tokens, 500 ms\n999 tok", java.nio.file.StandardOpenOption.APPEND);
        assertThat(new AskingLog(job).paid().tokens()).isEqualTo(42);
        assertThat(new AskingLog(job).paid().seconds()).isBetween(0.5, 5.0);
        new AskingLog(job).add(3);
        assertThat(new AskingLog(job).paid().tokens()).isEqualTo(45);
    }

    @Test
    void aRecipeThatAsksWithoutAModelEndsBeforeAWorkerStarts() throws Exception {
        RunRequest request = request("run");
        assertThat(runner(null).start(request, _ -> {}).await()).isInstanceOfSatisfying(RunOutcome.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.INPUT);
            assertThat(failed.message()).contains("no language model is configured", "TREX_LLM_URL");
        });
        assertThat(JobFolder.of(home, request.study(), request.id()).attempts()).isEmpty();
    }

    @Test
    void aStopEndsTheAsking() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (LoopbackService service = new LoopbackService(_ -> {
            asked.countDown();
            awaitForEver();
            return "8";
        })) {
            Running run = runner(service.asked(KEY)).start(request("run"), _ -> {});
            asked.await();
            run.stop();
            assertThat(run.await()).isInstanceOf(RunOutcome.Stopped.class);
        }
    }

    private static void awaitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service is closed
        }
    }

    private RunRequest request(String run) throws Exception {
        TinyStudy study = new TinyStudy(home);
        return study.request(run, new Work.Train(study.recipe.withData(new DataRecipe(
                List.of(new DataOperator.ScoreRows("it is clear", 5), new DataOperator.Sample(16))))));
    }

    private LocalRunner runner(@org.jspecify.annotations.Nullable AskedModel model) {
        return new LocalRunner(home, new WorkerCommand(home, SETTINGS), null, model);
    }
}
