package trex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeState;
import trex.model.SampleStudy;

class TreeLinesTest {
    private final TreeLines lines = new TreeLines(SampleStudy.mission());

    @Test
    void childrenStandBelowTheirParentWithTheirDifference() {
        ExperimentTree tree = SampleStudy.tree(
                SampleStudy.baseline(),
                SampleStudy.child(1, 0, NodeState.COMPLETED, SampleStudy.score(80), SampleStudy.recipe("rank", "16")),
                SampleStudy.child(2, 0, NodeState.FAILED, null, SampleStudy.recipe("schedule", "cosine")),
                SampleStudy.child(3, 1, NodeState.RUNNING, null, SampleStudy.recipe("rank", "32")));
        assertThat(lines.of(tree, 10)).containsExactly(
                "#0 completed  0.120 ± 0.032  baseline",
                "├─ #1 completed  0.800 ± 0.040 ★  rank 8 → 16",
                "│  └─ #3 running  rank 16 → 32",
                "└─ #2 failed  schedule linear → cosine");
    }

    @Test
    void aLongTreeKeepsItsBestAndItsNewestNodesAndCountsTheRest() {
        List<Node> nodes = new ArrayList<>(List.of(SampleStudy.baseline()));
        for (int i = 1; i <= 40; i++) {
            nodes.add(SampleStudy.child(i, 0, NodeState.COMPLETED, SampleStudy.score(i == 5 ? 90 : 30),
                    SampleStudy.recipe("rank", Integer.toString(i))));
        }
        List<String> shown = lines.of(new ExperimentTree(nodes, List.of()), 8);
        assertThat(shown).hasSize(8).anyMatch(l -> l.contains("#5 ")).anyMatch(l -> l.contains("#40 "));
        assertThat(shown.getLast()).contains("and 34 more");
    }
}
