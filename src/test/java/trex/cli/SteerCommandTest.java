package trex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.bench.Gemm;
import trex.loop.Steering;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.RecipeField;
import trex.model.SampleStudy;
import trex.model.Strategy;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.search.SearchPolicies;
import trex.store.H2StudyStore;

/// Steering a stopped study at the terminal, on a real store.
class SteerCommandTest {
    private static final NodeId FIRST = new NodeId(1);

    @TempDir
    private Path folder;

    private final ScriptedStudies studies = new ScriptedStudies();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private H2StudyStore store;
    private StudyId study;

    @BeforeEach
    void open() {
        store = H2StudyStore.open(folder, InstantSource.system());
        study = store.create(SampleStudy.mission(), StudySettings.DEFAULT);
        NodeId root = store.open(study, null, Strategy.baseline(), null);
        store.close(study, root, NodeState.COMPLETED, SampleStudy.score(20), "");
        NodeId child = store.open(study, root, SampleStudy.child(1, 0, NodeState.PROPOSED, null, SampleStudy.recipe()).strategy(), null);
        store.close(study, child, NodeState.COMPLETED, SampleStudy.score(60), "");
        studies.known.add(store.study(study));
        studies.tree = store.tree(study);
        studies.steering = new Steering(study, store,
                (chosen, mission) -> SearchPolicies.named(chosen.policy(), chosen.exploration(), mission.seed()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private int steer(String... arguments) {
        Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, new TypedLines(new BufferedReader(new StringReader(""))));
        String[] all = new String[arguments.length + 1];
        all[0] = "steer";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return TrexCommand.line(new Wiring(folder, folder, _ -> studies, (_, _, _) -> {}, List.of(),
                () -> new Gemm(1, 1, null)), terminal).execute(all);
    }

    private String faults() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aBranchIsCutAndAnOwnStrategyQueuedAndTheConstantChanged() {
        assertThat(steer("--prune", "1", "--fork", "0", "--set", "rank=16", "--because", "Capacity.", "--exploration", "0.5"))
                .as(faults()).isZero();
        assertThat(store.tree(study).isPruned(FIRST)).isTrue();
        Node own = store.tree(study).node(new NodeId(2));
        assertThat(own.state()).isEqualTo(NodeState.QUEUED);
        assertThat(own.strategy().hypothesis()).isEqualTo("Capacity.");
        assertThat(RecipeField.named("rank").text(own.strategy().variants().getFirst())).isEqualTo("16");
        assertThat(store.study(study).settings().exploration()).isEqualTo(0.5);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("queued #2 below #0", "trex resume " + study);
    }

    @Test
    void aNodeIsRestoredAndBoosted() {
        store.prune(study, FIRST, true);
        assertThat(steer("--boost", "1")).isNotZero();
        assertThat(faults()).contains("nothing can grow from node #1");
        assertThat(steer("--restore", "#1", "--boost", "#1")).isZero();
        assertThat(store.tree(study).isPruned(FIRST)).isFalse();
        assertThat(store.wishes(study).boosted()).isEqualTo(FIRST);
    }

    @Test
    void whatMakesNoSenseIsRefusedInASentence() {
        assertThat(steer("--policy", "luck")).isNotZero();
        assertThat(faults()).contains("unknown search policy \"luck\"; known are rank-puct");
        assertThat(steer("--prune", "7")).isNotZero();
        assertThat(faults()).contains("has no node \"7\"");
        assertThat(steer("--fork", "0", "--set", "rank=many")).isNotZero();
        assertThat(steer("--set", "rank=16")).isNotZero();
        assertThat(faults()).contains("--set changes the recipe of an own strategy: name the node below which it goes with --fork");
        assertThat(store.tree(study).nodes()).hasSize(2);
        assertThat(store.study(study).settings()).isEqualTo(StudySettings.DEFAULT);
    }
}
