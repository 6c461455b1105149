package trex.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trex.loop.Studies;
import trex.model.Approval;
import trex.model.Mission;
import trex.model.StudySettings;

/// `trex run`: a new study in the terminal.
@Command(name = "run", description = "Run a study of a mission file in the terminal.")
final class RunCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Option(names = "--mission", required = true, paramLabel = "FILE", description = "The mission, as JSON.")
    private Path mission = Path.of("");

    @Option(names = "--device", paramLabel = "DEVICE",
            description = "Where runs compute: cpu, cuda:N, mps, or several: cuda:0,cuda:1 (default: cpu; see trex devices).")
    private String device = StudySettings.DEFAULT.device();

    @Option(names = "--parallel", paramLabel = "N",
            description = "Runs at a time, at most one for each device: they divide the devices (default: ${DEFAULT-VALUE}).")
    private int parallel = StudySettings.DEFAULT.parallel();

    @Option(names = "--policy", paramLabel = "NAME", description = "Search policy (default: ${DEFAULT-VALUE}).")
    private String policy = StudySettings.DEFAULT.policy();

    @Option(names = "--exploration", paramLabel = "C",
            description = "The policy's constant: 1 did well for rank-puct, 0.1 for uct-max (default: ${DEFAULT-VALUE}).")
    private double exploration = StudySettings.DEFAULT.exploration();

    @Option(names = "--pruner", paramLabel = "NAME",
            description = "Rule that stops trainings early: median, asha or none (default: ${DEFAULT-VALUE}).")
    private String pruner = StudySettings.DEFAULT.pruner();

    @Mixin private final ApprovalOption approval = new ApprovalOption();
    @Mixin private final JsonOption json = new JsonOption();
    @Mixin private final HomeOption home = new HomeOption();

    RunCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused, InterruptedException {
        StudySettings settings = settings();
        try (Interruption interruption = new Interruption();
                Studies studies = wiring.homes().open(home.or(wiring.home()))) {
            Mission read = studies.readMission(wiring.missionFile(mission));
            return new HeadlessStudy(studies, terminal, interruption, InstantSource.system())
                    .run(read, listener -> studies.start(read, settings, listener), json.file());
        }
    }

    private StudySettings settings() throws Studies.Refused {
        Approval usual = terminal.live() ? Approval.ASK : Approval.AUTO;
        try {
            return new StudySettings(approval.or(usual), policy, exploration, parallel, device, pruner);
        } catch (IllegalArgumentException e) {
            throw new Studies.Refused("The settings make no sense: " + e.getMessage(), e);
        }
    }
}
