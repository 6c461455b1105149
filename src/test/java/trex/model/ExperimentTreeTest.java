package trex.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExperimentTreeTest {
    private final Node named = SampleStudy.child(1, 0, NodeState.COMPLETED, SampleStudy.score(70), SampleStudy.recipe());
    private final Node lucky = SampleStudy.child(2, 0, NodeState.COMPLETED, SampleStudy.score(90), SampleStudy.recipe());
    private final ExperimentTree tree = SampleStudy.tree(SampleStudy.baseline(), named, lucky);

    @Test
    void theBestOfAFinishedStudyIsTheNodeThatItNamed() {
        assertThat(tree.best(SampleStudy.result())).contains(named);
    }

    @Test
    void untilThenItIsTheOneThatScoredHighest() {
        assertThat(tree.best(null)).contains(lucky);
    }
}
