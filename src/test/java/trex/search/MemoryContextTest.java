package trex.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.Node;
import trex.model.NodeId;

class MemoryContextTest {
    @Test
    void itHoldsThePathTheSiblingsAndWhatMatteredElsewhere() {
        // 1 and 2 are drafts; below 1: 3, 4 and 5; below 2: 6 gains, 7 is noise, 8 failed
        Trees trees = Trees.baseline(0.5).completed(0, 0.6).completed(0, 0.6).completed(1, 0.7).completed(1, 0.61)
                .rejected(1).completed(2, 0.8).completed(2, 0.61).failed(2);
        MemoryContext memory = MemoryContext.of(trees.tree(), new NodeId(1));
        assertThat(ids(memory.path())).containsExactly(0, 1);
        assertThat(ids(memory.siblings())).containsExactly(3, 4, 5);
        assertThat(ids(memory.critical())).containsExactly(8, 6, 2);
    }

    @Test
    void theFirstProposalHasNothingToRemember() {
        MemoryContext memory = MemoryContext.of(Trees.baseline(0.5).tree(), NodeId.BASELINE);
        assertThat(memory.siblings()).isEmpty();
        assertThat(memory.critical()).isEmpty();
    }

    private static List<Integer> ids(List<Node> nodes) {
        return nodes.stream().map(n -> n.id().value()).toList();
    }
}
