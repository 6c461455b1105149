package trex.loop;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import trex.model.Approval;
import trex.model.Study;
import trex.model.StudyState;
import trex.researcher.playbook.PlaybookResearcher;
import trex.search.Insights;
import trex.search.SearchPolicies;
import trex.store.H2StudyStore;

/// A process that goes on with the one study of a home folder: the real loop, store, policy and
/// Researcher. It prints a line for each event; made to be killed.
final class StudyProcess {
    /// Stands still, so that what a study has spent is its runs' cost to the last bit.
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T04:12:33Z"));

    private StudyProcess() {}

    /// @param arguments home folder, folder of the runs
    public static void main(String... arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println(goOn(Path.of(arguments[0]), new OutlivingRunner(Path.of(arguments[1])),
                event -> out.println(event.getClass().getSimpleName())));
    }

    static StudyState goOn(Path home, RecipeRunner runner, StudyListener listener) {
        try (H2StudyStore store = H2StudyStore.open(home, CLOCK)) {
            Study study = store.studies().getFirst();
            Ports ports = new Ports(store, Laboratory::prepare, new PlaybookResearcher(),
                    (chosen, mission) -> SearchPolicies.named(chosen.policy(), chosen.exploration(), mission.seed()),
                    Insights::from, runner, new BoundlessDisk(), new Devices(), CLOCK);
            return new StudyLoop(study.id(), ports, new InteractiveGate(Approval.AUTO, CLOCK), listener).run();
        }
    }
}
