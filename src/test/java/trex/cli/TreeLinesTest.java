package trex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.Checkpoint;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.SampleStudy;
import trex.model.StudyResult;

class TreeLinesTest {
    private final TreeLines lines = new TreeLines(SampleStudy.mission());

    @Test
    void childrenStandBelowTheirParentWithTheirDifference() {
        ExperimentTree tree = SampleStudy.tree(
                SampleStudy.baseline(),
                SampleStudy.child(1, 0, NodeState.COMPLETED, SampleStudy.score(80), SampleStudy.recipe("rank", "16")),
                SampleStudy.child(2, 0, NodeState.FAILED, null, SampleStudy.recipe("schedule", "cosine")),
                SampleStudy.child(3, 1, NodeState.RUNNING, null, SampleStudy.recipe("rank", "32")));
        assertThat(lines.of(tree, null, 10)).containsExactly(
                "#0 completed  0.120 ± 0.032  baseline",
                "├─ #1 completed  0.800 ± 0.040 ★  rank 8 → 16",
                "│  └─ #3 running  rank 16 → 32",
                "└─ #2 failed  schedule linear → cosine");
    }

    @Test
    void theNodeThatAFinishedStudyNamedHasTheStar() {
        ExperimentTree tree = SampleStudy.tree(
                SampleStudy.baseline(),
                SampleStudy.child(1, 0, NodeState.COMPLETED, SampleStudy.score(80), SampleStudy.recipe("rank", "16")),
                SampleStudy.child(2, 0, NodeState.COMPLETED, SampleStudy.score(79), SampleStudy.recipe("rank", "4")));
        StudyResult result = new StudyResult(new StudyResult.Measured(SampleStudy.score(12), SampleStudy.score(11)),
                new StudyResult.Best(new NodeId(2), SampleStudy.score(79), SampleStudy.score(78),
                        new Checkpoint("/checkpoints/2", 64, "ab")), 2, 0, 0, 60);
        assertThat(lines.of(tree, null, 10)).filteredOn(l -> l.contains("★")).singleElement().asString().contains("#1 ");
        assertThat(lines.of(tree, result, 10)).filteredOn(l -> l.contains("★")).singleElement().asString().contains("#2 ");
    }

    @Test
    void aLongTreeKeepsItsBestAndItsNewestNodesAndCountsTheRest() {
        List<Node> nodes = new ArrayList<>(List.of(SampleStudy.baseline()));
        for (int i = 1; i <= 40; i++) {
            nodes.add(SampleStudy.child(i, 0, NodeState.COMPLETED, SampleStudy.score(i == 5 ? 90 : 30),
                    SampleStudy.recipe("rank", Integer.toString(i))));
        }
        List<String> shown = lines.of(new ExperimentTree(nodes, List.of()), null, 8);
        assertThat(shown).hasSize(8).anyMatch(l -> l.contains("#5 ")).anyMatch(l -> l.contains("#40 "));
        assertThat(shown.getLast()).contains("and 34 more");
    }
}
