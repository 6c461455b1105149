package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.data.asking.AskedModel;
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
            RunOutcome outcome = runner(service.asked(KEY)).start(request, _ -> {}).await();

            assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
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
