package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.Metric;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Score;

class JobFolderTest {
    private static final RunRequest REQUEST = Requests.toy("run", 10, 8);
    private static final ProcessIdentity DEAD = new ProcessIdentity(1, "never", "");

    @TempDir Path home;
    private JobFolder job;

    @BeforeEach
    void specify() throws IOException {
        job = JobFolder.of(home, REQUEST.study(), REQUEST.id());
        job.specify(REQUEST);
    }

    @Test
    void theRequestIsReadBackAsItWasWritten() throws IOException {
        assertThat(job.request()).isEqualTo(REQUEST);
    }

    @Test
    void anotherRequestUnderTheSameNameIsRefused() {
        assertThatThrownBy(() -> job.specify(Requests.toy("run", 11, 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("run already exists with another request");
    }

    @Test
    void ofTwoClaimsOnlyOneSucceeds() throws IOException {
        assertThat(job.attempt(1).create()).isTrue();
        assertThat(job.attempt(1).create()).isFalse();
    }

    @Test
    void ofTwoResultsTheFirstStands() throws IOException {
        RunOutcome first = completed(0.5);
        assertThat(job.publish(first)).isTrue();
        assertThat(job.publish(completed(0.9))).isFalse();
        assertThat(job.state()).isEqualTo(new JobState.Ended(first));
    }

    @Test
    void aJobThatNobodyBeganWaits() throws IOException {
        assertThat(job.state()).isEqualTo(new JobState.Waiting());
    }

    @Test
    void anAttemptWithoutAClaimIsStartingAtFirstAndLostAfterAWhile() throws IOException {
        Attempt attempt = begun(1);
        assertThat(job.state()).isEqualTo(new JobState.Running(attempt));

        Files.setLastModifiedTime(attempt.folder(), FileTime.from(Instant.now().minus(JobFolder.STARTING)));
        assertThat(job.state()).isEqualTo(new JobState.Lost(attempt));
    }

    @Test
    void aLiveProcessRunsHoweverOldItsHeartbeatIs() throws IOException {
        Attempt attempt = begun(1);
        attempt.claim(Claim.ofThisProcess(ProcessHandle.current().pid()));
        Files.setLastModifiedTime(attempt.folder().resolve("heartbeat"), FileTime.from(Instant.EPOCH));
        assertThat(job.state()).isEqualTo(new JobState.Running(attempt));
    }

    @Test
    void aProcessIdThatCameBackIsAnotherProcess() throws IOException {
        ProcessIdentity me = ProcessIdentity.current();
        assertThat(me.isAlive()).isTrue();
        assertThat(new ProcessIdentity(me.pid(), me.start() + "1", me.bootId()).isAlive()).isFalse();
        assertThat(new ProcessIdentity(me.pid(), me.start(), "another boot").isAlive()).isFalse();
    }

    @Test
    void aDeadWorkerWithoutALauncherIsLost() throws IOException {
        Attempt attempt = begun(1);
        attempt.claim(new Claim(DEAD, null, Claim.ofThisProcess(1).host()));
        assertThat(job.state()).isEqualTo(new JobState.Lost(attempt));
    }

    @Test
    void aDeadWorkerWhoseLauncherLivesIsAboutToBeReported() throws IOException {
        Attempt attempt = begun(1);
        attempt.claim(new Claim(DEAD, ProcessIdentity.current(), Claim.ofThisProcess(1).host()));
        assertThat(job.state()).isEqualTo(new JobState.Running(attempt));
        attempt.exit(new Exit(137));
        assertThat(job.state()).isEqualTo(new JobState.Exited(attempt, new Exit(137)));
        assertThat(attempt.reserve()).doesNotExist();
    }

    @Test
    void aWorkerOnAnotherMachineIsJudgedByItsHeartbeat() throws IOException {
        Attempt attempt = begun(1);
        attempt.claim(new Claim(DEAD, null, "elsewhere"));
        assertThat(job.state()).isEqualTo(new JobState.Running(attempt));
        Files.setLastModifiedTime(attempt.folder().resolve("heartbeat"),
                FileTime.from(Instant.now().minus(JobFolder.STALE)));
        assertThat(job.state()).isEqualTo(new JobState.Lost(attempt));
    }

    @Test
    void aNewerAttemptFencesAnOlderOne() throws IOException {
        Attempt older = begun(1);
        assertThat(job.isFenced(older)).isFalse();
        Attempt newer = begun(2);
        assertThat(job.isFenced(older)).isTrue();
        assertThat(job.isFenced(newer)).isFalse();
    }

    @Test
    void ofAStepMadeTwiceTheNewerAttemptsCounts() throws IOException {
        write(begun(1), new RunEvent.Phase("training", 0), step(1, 0.1), step(2, 0.2), step(3, 0.3));
        write(begun(2), step(2, 0.22), step(3, 0.33), step(4, 0.44));
        assertThat(job.events()).containsExactly(
                new RunEvent.Phase("training", 0), step(1, 0.1), step(2, 0.22), step(3, 0.33), step(4, 0.44));
    }

    @Test
    void aLineWithoutItsEndIsNotALineYet() throws IOException {
        Attempt attempt = begun(1);
        write(attempt, step(1, 0.1), step(2, 0.2));
        String text = Files.readString(attempt.metrics());
        int cut = text.length() - 10;
        Files.writeString(attempt.metrics(), text.substring(0, cut));
        EventTail tail = new EventTail(attempt.metrics());
        assertThat(tail.poll()).containsExactly(step(1, 0.1));
        assertThat(tail.poll()).isEmpty();
        Files.writeString(attempt.metrics(), text);
        assertThat(tail.poll()).containsExactly(step(2, 0.2));
    }

    @Test
    void aDamagedLineIsPassedOver() throws IOException {
        Attempt attempt = begun(1);
        Files.writeString(attempt.metrics(), "{\"kind\":\"st\n");
        write(attempt, step(1, 0.1));
        assertThat(job.events()).containsExactly(step(1, 0.1));
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.writeString(job.spec(), "{");
        assertThatThrownBy(job::request).isInstanceOf(IOException.class).hasMessageContaining("spec.json is damaged");
    }

    private Attempt begun(int number) throws IOException {
        Attempt attempt = job.attempt(number);
        assertThat(attempt.create()).isTrue();
        return attempt;
    }

    private static void write(Attempt attempt, RunEvent... events) throws IOException {
        try (EventLog log = new EventLog(attempt.metrics())) {
            for (RunEvent event : events) {
                log.accept(event);
            }
        }
    }

    private static RunEvent step(int step, double loss) {
        return new RunEvent.Step(step, 4, loss, 1e-3, 1, 100, 10, 1 << 20);
    }

    private static RunOutcome completed(double value) {
        return new RunOutcome.Completed(new Score(Metric.ACCURACY, value, 0, 1), null, RunCost.NONE);
    }
}
