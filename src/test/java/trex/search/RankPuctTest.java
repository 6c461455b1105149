package trex.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.NodeId;

class RankPuctTest {
    private static final SearchPolicy POLICY = new RankPuct(1);

    /// Baseline .5 (children 1, 2), #1 .6 (child 3), #2 .8, #3 .7: M = 4, N = 3.
    private static ExperimentTree tree() {
        return Trees.baseline(0.5).completed(0, 0.6).completed(0, 0.8).completed(1, 0.7).tree();
    }

    @Test
    void theIndexIsTheFormulaOfTheDesign() {
        Choice choice = POLICY.select(tree());
        // ranks 0, 1/3, 1, 2/3; bonus sqrt(3) / 4 / (1 + e) with e = 2, 1, 0, 0
        double bonus = Math.sqrt(3) / 4;
        assertThat(choice.candidates()).extracting(Choice.Candidate::node)
                .containsExactly(new NodeId(2), new NodeId(3), new NodeId(1), NodeId.BASELINE);
        assertThat(choice.candidates().stream().map(Choice.Candidate::index).toList())
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                .isEqualTo(List.of(1 + bonus, 2.0 / 3 + bonus, 1.0 / 3 + bonus / 2, bonus / 3));
        assertThat(choice.node()).isEqualTo(new NodeId(2));
        assertThat(choice.reason()).contains("#2").contains("1.433");
    }

    @Test
    void childrenInFlightSpreadParallelRuns() {
        ExperimentTree busy = Trees.baseline(0.5).completed(0, 0.6).completed(0, 0.8).completed(1, 0.7)
                .running(2).running(2).running(2).tree();
        // N = 6: #2 has 1 + sqrt(6)/4/4 = 1.153, #3 has 2/3 + sqrt(6)/4 = 1.279
        assertThat(POLICY.select(busy).node()).isEqualTo(new NodeId(3));
    }

    @Test
    void aRejectedChildCostsNothing() {
        ExperimentTree rejected = Trees.baseline(0.5).completed(0, 0.6).completed(0, 0.8).completed(1, 0.7)
                .rejected(2).rejected(2).rejected(2).tree();
        assertThat(POLICY.select(rejected).node()).isEqualTo(new NodeId(2));
    }

    @Test
    void tiesShareTheirRank() {
        assertThat(RankPuct.rank01(Eligible.nodes(Trees.baseline(0.5).completed(0, 0.5).completed(0, 0.6).tree())))
                .containsExactly(new double[] {0.25, 0.25, 1}, within(1e-12));
    }

    @Test
    void aLargerConstantExploresMore() {
        ExperimentTree tree = Trees.baseline(0.5).completed(0, 0.8).completed(1, 0.7).completed(1, 0.6).tree();
        assertThat(new RankPuct(0).select(tree).node()).isEqualTo(new NodeId(1));
        assertThat(new RankPuct(4).select(tree).node()).isEqualTo(new NodeId(2));
    }

    @Test
    void theConstantIsNeverNegative() {
        assertThatThrownBy(() -> new RankPuct(-1)).hasMessageContaining("-1.0");
    }
}
