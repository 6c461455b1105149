package trex.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import trex.loop.Studies;
import trex.loop.StudyControl;
import trex.loop.StudyListener;
import trex.model.Approval;
import trex.model.Study;

/// `trex resume`: goes on with a stopped study in the terminal.
@Command(name = "resume", description = "Go on with a stopped study; runs that are still going are found again.")
final class ResumeCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Parameters(index = "0", arity = "0..1", paramLabel = "STUDY",
            description = "The study (default: the newest that is not finished).")
    private @Nullable String id;

    @Mixin private final ApprovalOption approval = new ApprovalOption();
    @Mixin private final JsonOption json = new JsonOption();
    @Mixin private final HomeOption home = new HomeOption();

    ResumeCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused, InterruptedException {
        Path folder = home.or(wiring.home());
        try (Interruption interruption = new Interruption();
                Studies studies = wiring.homes().open(folder)) {
            Study study = new StudyChoice(studies, folder).unfinished(id);
            return new HeadlessStudy(studies, terminal, interruption, InstantSource.system())
                    .run(study.mission(), listener -> resumed(studies, study, listener), json.file());
        }
    }

    private StudyControl resumed(Studies studies, Study study, StudyListener listener) throws Studies.Refused {
        StudyControl control = studies.resume(study.id(), listener);
        Approval given = approval.given();
        if (given != null) {
            control.change(study.settings().withApproval(given));
        }
        return control;
    }
}
