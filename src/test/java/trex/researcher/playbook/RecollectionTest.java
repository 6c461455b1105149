package trex.researcher.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.Budget;
import trex.model.Evidence;
import trex.model.Mission;
import trex.model.NodeId;
import trex.search.MemoryContext;
import trex.search.Trees;

class RecollectionTest {
    private static final Mission MISSION = Trees.mission(new Budget(12, 2400, 50_000));

    private static List<Evidence> recalled(Trees trees, int parent, double from, double to) {
        return new Recollection(MemoryContext.of(trees.tree(), new NodeId(parent)), trees.tree(), MISSION)
                .of(Trees.withRate(from), Trees.withRate(to));
    }

    /// The start has a rate of 1e-3. 1 has 2e-3; below it, 2 went up, 3 down and 4 was rejected for going up.
    private static Trees trees() {
        Trees trees = Trees.baseline(0.5);
        trees.completed(0, Trees.withRate(2e-3), 0.7);
        trees.completed(1, Trees.withRate(4e-3), 0.8);
        trees.completed(1, Trees.withRate(1e-3), 0.71);
        trees.rejected(1, Trees.strategy(Trees.withRate(9e-3)), "far too high");
        return trees;
    }

    @Test
    void theSameMoveIsRecalledFromBesideFirstThenFromTheWayHere() {
        assertThat(recalled(trees(), 1, 2e-3, 5e-3)).extracting(Evidence::statement).containsExactly(
                "Raising learningRate was tried from the same parent: #4 was rejected, far too high.",
                "Raising learningRate was tried from the same parent: #2 has accuracy 0.800 after 0.700.",
                "Raising learningRate was tried on the way here: #1 has accuracy 0.700 after 0.500.");
    }

    @Test
    void theOtherWayIsAnotherMove() {
        assertThat(recalled(trees(), 1, 2e-3, 5e-4)).singleElement().satisfies(e -> {
            assertThat(e.statement()).contains("Lowering learningRate", "#3 has accuracy 0.710 after 0.700, within noise");
            assertThat(e.source()).isEqualTo("node #3");
        });
    }

    @Test
    void whatMatteredElsewhereIsRecalledToo() {
        assertThat(recalled(trees(), 3, 1e-3, 2e-3)).extracting(Evidence::source)
                .containsExactly("node #1", "node #4", "node #2");
    }
}
