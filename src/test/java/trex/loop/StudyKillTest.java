package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trex.model.Approval;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Spending;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.store.H2StudyStore;

/// A study whose process is killed with SIGKILL at any moment comes back as it was: tree, queue of
/// proposals, wishes, validation curves, ledger; it ends as an undisturbed one, and no run is begun twice.
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class StudyKillTest {
    private static final int ROUNDS = 9;
    private static final int MOST_EVENTS = 40;

    @TempDir
    private Path folder;

    /// A study's home folder and the folder of its runs.
    private record Place(Path home, Path runs) {
        /// Makes a study with two strategies of the person's own in the queue, and a wish for what follows.
        static Place prepare(Path folder, StudySettings settings) throws IOException {
            Place place = new Place(folder.resolve("home"), Files.createDirectories(folder.resolve("runs")));
            try (H2StudyStore store = H2StudyStore.open(Files.createDirectories(place.home), StudyProcess.CLOCK)) {
                StudyId id = store.create(Fixtures.mission(ROUNDS, 2_000), settings.withApproval(Approval.AUTO));
                NodeId root = store.open(id, null, Strategy.baseline(), null);
                for (double rate : List.of(3e-3, 4e-3)) {
                    Strategy own = Fixtures.strategy("Mine: " + rate, Fixtures.recipe(rate, 700));
                    store.approve(id, store.open(id, root, own, null), own);
                }
                store.boost(id, new NodeId(1));
            }
            return place;
        }

        Process process() throws IOException {
            return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                            StudyProcess.class.getName(), home.toString(), runs.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        Kept kept() {
            try (H2StudyStore store = H2StudyStore.open(home, StudyProcess.CLOCK)) {
                Study study = store.studies().getFirst();
                return new Kept(store.tree(study.id()), study,
                        store.journal(study.id()).stream().map(StudyStore.JournalLine::text).toList(),
                        store.wishes(study.id()), store.readings(study.id()));
            }
        }
    }

    /// All that is kept of a study.
    private record Kept(ExperimentTree tree, Study study, List<String> journal, StudyStore.Wishing wishes,
            List<StudyStore.Reading> curves) {}

    /// Goes on with the study and kills it after so many events and a moment more.
    ///
    /// @return whether it was killed before its end
    private static boolean killed(Place place, int events, int milliseconds) throws IOException, InterruptedException {
        Process process = place.process();
        try (BufferedReader lines = process.inputReader()) {
            String last = lines.readLine();
            for (int heard = 1; heard < events && last != null; heard++) {
                last = lines.readLine();
            }
            Thread.sleep(milliseconds);
            process.toHandle().destroyForcibly();
            return process.waitFor() != 0;
        }
    }

    private static void expectPartOf(Kept kept, Kept whole) {
        for (Node node : kept.tree().nodes()) {
            Node end = whole.tree().node(node.id());
            assertThat(node.parent()).isEqualTo(end.parent());
            assertThat(node.strategy()).as("the proposal of %s", node.id()).isEqualTo(end.strategy());
            assertThat(node.choice()).as("the statistics behind %s", node.id()).isEqualTo(end.choice());
            if (node.state().isFinal()) {
                assertThat(node.state()).isEqualTo(end.state());
                assertThat(node.score()).isEqualTo(end.score());
            }
            node.runs().stream().filter(r -> r.outcome() != null).forEach(r -> assertThat(end.runs()).contains(r));
        }
        assertThat(kept.tree().nodes().size()).as("the queue is kept").isGreaterThanOrEqualTo(3);
        Spending spending = kept.study().spending();
        assertThat(spending.spentSeconds()).as("the ledger").isEqualTo(spent(kept.tree()));
        assertThat(whole.journal()).containsAll(kept.journal());
        assertThat(whole.curves()).as("validation curves").containsAll(kept.curves());
        assertThat(kept.wishes().boosted() == null).as("the wish is kept until it is granted")
                .isEqualTo(kept.tree().nodes().size() > 3);
    }

    private static double spent(ExperimentTree tree) {
        return tree.nodes().stream().flatMap(n -> n.runs().stream()).map(Run::outcome)
                .filter(java.util.Objects::nonNull).map(RunOutcome::cost).mapToDouble(c -> c.seconds()).sum();
    }

    private static Kept undisturbed(Path folder) throws IOException {
        Place place = Place.prepare(folder, StudySettings.DEFAULT);
        assertThat(StudyProcess.goOn(place.home, new OutlivingRunner(place.runs), _ -> {})).isEqualTo(StudyState.FINISHED);
        return place.kept();
    }

    @Test
    @Tag("slow")
    void thirtyKillsAtAnyMomentChangeNothing() throws IOException, InterruptedException {
        Kept whole = undisturbed(folder.resolve("undisturbed"));
        assertThat(whole.tree().rounds().finished()).isEqualTo(ROUNDS);
        assertThat(whole.tree().rounds().pruned()).as("some trainings fall behind the others' curves").isPositive();
        assertThat(whole.tree().node(new NodeId(3)).parent()).as("the wish is granted").isEqualTo(new NodeId(1));
        Random random = new Random(7);
        int kills = 0;
        for (int study = 0; kills < 30; study++) {
            Place place = Place.prepare(folder.resolve("study" + study), StudySettings.DEFAULT);
            while (killed(place, random.nextInt(MOST_EVENTS), random.nextInt(20))) {
                kills++;
                expectPartOf(place.kept(), whole);
            }
            expectTheSame(place, whole);
        }
    }

    /// How it ends depends on which run ends first; what it may not lose or do twice does not.
    @Test
    @Tag("slow")
    void tenKillsOfAStudyWithTwoRunsAtATimeLoseNothing() throws IOException, InterruptedException {
        StudySettings two = StudySettings.DEFAULT.withDevice("cuda:0,cuda:1").withParallel(2);
        Random random = new Random(8);
        int kills = 0;
        for (int study = 0; kills < 10; study++) {
            Place place = Place.prepare(folder.resolve("study" + study), two);
            List<RunOutcome> before = List.of();
            while (killed(place, random.nextInt(MOST_EVENTS), random.nextInt(20))) {
                kills++;
                Kept kept = place.kept();
                assertThat(outcomes(kept)).as("no outcome is lost or changed").containsAll(before);
                assertThat(kept.study().spending().spentSeconds()).as("the ledger").isCloseTo(spent(kept.tree()), within(1e-9));
                before = outcomes(kept);
            }
            expectWhole(place);
        }
    }

    private static List<RunOutcome> outcomes(Kept kept) {
        return kept.tree().nodes().stream().flatMap(n -> n.runs().stream()).map(Run::outcome)
                .filter(java.util.Objects::nonNull).toList();
    }

    private static void expectWhole(Place place) throws IOException {
        Kept kept = place.kept();
        assertThat(kept.study().state()).isEqualTo(StudyState.FINISHED);
        assertThat(kept.tree().rounds().finished()).isEqualTo(ROUNDS);
        expectEachRunOnce(place, kept);
        assertThat(outcomes(kept)).as("every run has ended").hasSize(new OutlivingRunner(place.runs).begun().size());
    }

    private static void expectTheSame(Place place, Kept whole) throws IOException {
        Kept kept = place.kept();
        assertThat(kept.study().state()).isEqualTo(StudyState.FINISHED);
        assertThat(kept.tree()).isEqualTo(whole.tree());
        assertThat(kept.study().result()).isEqualTo(whole.study().result());
        assertThat(kept.journal()).isEqualTo(whole.journal());
        assertThat(kept.curves()).isEqualTo(whole.curves());
        expectEachRunOnce(place, kept);
    }

    private static void expectEachRunOnce(Place place, Kept kept) throws IOException {
        List<Run> runs = kept.tree().nodes().stream().flatMap(n -> n.runs().stream()).toList();
        assertThat(new OutlivingRunner(place.runs).begun()).as("every run was begun once, none beside them")
                .containsExactlyInAnyOrderElementsOf(runs.stream().map(Run::id).toList());
        assertThat(runs).extracting(Run::work).as("no work is done under two names").doesNotHaveDuplicates();
        assertThat(kept.tree().nodes()).allMatch(n -> n.state().isFinal() && n.state() != NodeState.SKIPPED);
    }
}
