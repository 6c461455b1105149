package trex.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import trex.loop.Studies;
import trex.loop.StudyControl;
import trex.loop.StudyEvent;
import trex.loop.StudyListener;
import trex.model.Mission;
import trex.model.Node;
import trex.model.RoundCount;
import trex.model.RunOutcome;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudyState;

/// Takes a study to its end in the terminal: progress, approvals, Ctrl+C, the result.
final class HeadlessStudy {
    private final Studies studies;
    private final Terminal terminal;
    private final Interruption interruption;
    private final InstantSource clock;

    HeadlessStudy(Studies studies, Terminal terminal, Interruption interruption, InstantSource clock) {
        this.studies = studies;
        this.terminal = terminal;
        this.interruption = interruption;
        this.clock = clock;
    }

    /// Starts a study, or goes on with one.
    interface Launch {
        StudyControl start(StudyListener listener) throws Studies.Refused;
    }

    /// @return the exit code
    int run(Mission mission, Launch launch, @Nullable Path json) throws Studies.Refused, InterruptedException {
        OutcomeFile.refuseUnwritable(json);
        StudyEar ear = new StudyEar(mission.budget().secondsWithinMoney(), clock);
        StudyControl control = launch.start(ear);
        interruption.does(control::stop);
        boolean finished;
        try (ProgressDisplay display = display(control.id(), mission)) {
            ear.attach(display);
            finished = followToItsEnd(control, ear, display, new TerminalGate(terminal, mission, ear));
        }
        return finished ? finished(control.id(), mission, json) : stopped(control.id(), ear);
    }

    private ProgressDisplay display(StudyId study, Mission mission) {
        return terminal.live()
                ? new LiveProgress(terminal, study, mission, clock)
                : new PlainProgress(terminal, study, mission, clock);
    }

    /// @return whether the study is finished, not only stopped
    private static boolean followToItsEnd(
            StudyControl control, StudyEar ear, ProgressDisplay display, TerminalGate gate)
            throws InterruptedException {
        AtomicBoolean finished = new AtomicBoolean();
        Thread waiting = Thread.ofVirtual().name("study-end").start(() -> {
            try {
                finished.set(control.await() == StudyState.FINISHED);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                ear.end();
            }
        });
        for (Optional<StudyEvent.AwaitingVerdict> question = ear.nextQuestion();
                question.isPresent();
                question = ear.nextQuestion()) {
            display.pause();
            gate.ask(question.get(), control);
            display.go();
        }
        waiting.join();
        return finished.get();
    }

    private int finished(StudyId id, Mission mission, @Nullable Path json) throws Studies.Refused {
        Path report = studies.writeReport(id);
        StudyResult result = find(id).result();
        if (result == null) {
            throw new Studies.Refused("Study " + id + " is finished but its result is missing from the store.");
        }
        ResultText.of(studies, id, mission.metric(), result, report).forEach(terminal.out()::println);
        if (json != null) {
            OutcomeFile.of(mission.metric(), result, studies.tree(id).rounds(), report).write(json);
        }
        RoundCount rounds = studies.tree(id).rounds();
        if (rounds.completed() + rounds.failed() + rounds.pruned() + rounds.rejected() == 0) {
            terminal.err().println(tooSmall(mission, studies.tree(id).baseline()));
            return ExitCode.REFUSED;
        }
        Optional<String> nothing = studies.tree(id).whyNothingCame();
        nothing.ifPresent(why -> terminal.err().println("No round came to a score; the first one: " + why));
        return nothing.isPresent() ? ExitCode.REFUSED : ExitCode.OK;
    }

    /// Only the baseline was measured: nothing else could be carried out.
    private static String tooSmall(Mission mission, Node baseline) {
        List<String> took = baseline.runs().stream()
                .filter(run -> run.outcome() instanceof RunOutcome.Completed)
                .map(run -> Wording.clock(Objects.requireNonNull(run.outcome()).cost().seconds()))
                .toList();
        return "budget.seconds: " + mission.budget().seconds() + " is smaller than one round: measuring the base model took "
                + String.join(" (validation) and ", took) + " (test), and the best model is measured on the test split too;"
                + " give more seconds or fewer rows.";
    }

    private int stopped(StudyId id, StudyEar ear) {
        boolean byThePerson = interruption.happened();
        String last = ear.picture().messages().stream()
                .filter(m -> m.level() == StudyEvent.Level.ERROR)
                .reduce((_, later) -> later)
                .map(StudyEvent.Message::text)
                .orElse("");
        if (!byThePerson && !last.isEmpty()) {
            terminal.err().println(last);
        }
        terminal.err().println("Study " + id + " has stopped; all of it is kept. Go on with: trex resume " + id);
        return byThePerson || last.isEmpty() ? ExitCode.STOPPED : ExitCode.REFUSED;
    }

    private Study find(StudyId id) throws Studies.Refused {
        return studies.list().stream()
                .filter(study -> study.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Studies.Refused("No study \"" + id + "\" is here."));
    }
}
