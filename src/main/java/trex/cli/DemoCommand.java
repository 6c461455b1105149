package trex.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trex.loop.Studies;
import trex.model.Approval;
import trex.model.Mission;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudySettings;

/// `trex demo`: a study on the model and the task that come with the program.
@Command(name = "demo", description = "Run a small real study on the built-in model: minutes, no network.")
final class DemoCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Option(names = "--headless", description = "Stay in the terminal, also where there is a display.")
    private boolean headless;

    @Option(names = "--task", paramLabel = "NAME",
            description = "A task of ft-bench (default: ${DEFAULT-VALUE}).")
    private String task = "dates";

    @Mixin private final ApprovalOption approval = new ApprovalOption();
    @Mixin private final JsonOption json = new JsonOption();
    @Mixin private final HomeOption home = new HomeOption();

    DemoCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused, InterruptedException {
        StudySettings settings = StudySettings.DEFAULT.withApproval(approval.or(Approval.AUTO));
        Path file = wiring.root().resolve("ft-bench").resolve(task).resolve("task.json");
        OutcomeFile.refuseUnwritable(json.file());
        try (Interruption interruption = new Interruption();
                Studies studies = wiring.homes().open(home.or(wiring.home()))) {
            Mission mission = studies.readMission(file);
            if (headless || !Screen.isThere()) {
                return new HeadlessStudy(studies, terminal, interruption, InstantSource.system())
                        .run(mission, listener -> studies.start(mission, settings, listener), json.file());
            }
            return inTheWindow(studies, mission, settings);
        }
    }

    private int inTheWindow(Studies studies, Mission mission, StudySettings settings)
            throws Studies.Refused, InterruptedException {
        Set<StudyId> before = new HashSet<>();
        studies.list().forEach(study -> before.add(study.id()));
        wiring.window().show(studies, home.or(wiring.home()), new Window.Opening.Fresh(mission, settings));
        @Nullable Study fresh = studies.list().stream().filter(s -> !before.contains(s.id())).findFirst().orElse(null);
        if (fresh == null) {
            terminal.err().println("The window was closed before the study had begun.");
            return ExitCode.STOPPED;
        }
        StudyResult result = fresh.result();
        if (result == null) {
            terminal.err().println("Study " + fresh.id() + " is not finished; go on with: trex resume " + fresh.id());
            return ExitCode.STOPPED;
        }
        Path report = studies.writeReport(fresh.id());
        ResultText.of(studies, fresh.id(), mission.metric(), result, report).forEach(terminal.out()::println);
        Path file = json.file();
        if (file != null) {
            OutcomeFile.of(mission.metric(), result, studies.tree(fresh.id()).rounds(), report).write(file);
        }
        return studies.tree(fresh.id()).whyNothingCame().isPresent() ? ExitCode.REFUSED : ExitCode.OK;
    }
}
