package trex.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import trex.loop.Studies;
import trex.model.ExperimentTree;
import trex.model.Study;

/// `trex studies`: what is in the home folder.
@Command(name = "studies", description = "List the studies of the home folder, newest first.")
final class StudiesCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin private final HomeOption home = new HomeOption();

    StudiesCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused {
        Path folder = home.or(wiring.home());
        try (Studies studies = wiring.homes().open(folder)) {
            List<Study> all = studies.list();
            if (all.isEmpty()) {
                terminal.out().println("No studies in " + folder + " yet; a first one: trex demo");
            }
            all.forEach(study -> terminal.out().println(line(study, studies.tree(study.id()))));
        }
        return ExitCode.OK;
    }

    private static String line(Study study, ExperimentTree tree) {
        String best = tree.best(study.result()).map(n -> n.score() == null ? "" : n.id() + " " + Wording.measured(n)).orElse("–");
        return String.format(Locale.ROOT, "%-36s  %-9s  %3d rounds  best %-20s  spent %s of %s, disk %s", study.id(),
                Wording.word(study.state()), tree.rounds().finished(), best,
                Wording.clock(study.spending().spentSeconds()), Wording.clock(study.spending().budgetSeconds()),
                Wording.disk(study.spending().disk()));
    }
}
