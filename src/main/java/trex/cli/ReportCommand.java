package trex.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import trex.loop.Studies;
import trex.model.Study;

/// `trex report`: writes a study's report anew.
@Command(name = "report", description = "Write a study's report as one HTML file and print its path.")
final class ReportCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "STUDY", description = "The study, as trex studies names it.")
    private String id = "";

    @Mixin private final HomeOption home = new HomeOption();

    ReportCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused {
        Path folder = home.or(wiring.home());
        try (Studies studies = wiring.homes().open(folder)) {
            Study study = new StudyChoice(studies, folder).named(id);
            terminal.out().println(studies.writeReport(study.id()));
        }
        return ExitCode.OK;
    }
}
