package trex.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import trex.loop.Studies;

/// `trex bundle`: packs a study so that others can check it.
@Command(name = "bundle", description = {
        "Pack a study into one zip file: mission, recipes, tree, metrics, digests, environment.",
        "Neither data nor weights are in it, nor the path of your home."})
final class BundleCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "STUDY", description = "The study, as trex studies names it.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The new zip file.")
    private Path file = Path.of("");

    @Mixin private final HomeOption home = new HomeOption();

    BundleCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused {
        Path target = file.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            throw new Studies.Refused("The bundle " + target + " is already there; give another name or remove it");
        }
        Path folder = home.or(wiring.home());
        try (Studies studies = wiring.homes().open(folder)) {
            studies.bundle(new StudyChoice(studies, folder).named(id).id(), target);
        }
        terminal.out().println(target);
        return ExitCode.OK;
    }
}
