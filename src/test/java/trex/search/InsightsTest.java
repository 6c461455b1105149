package trex.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trex.model.Insight;
import trex.model.NodeId;

class InsightsTest {
    @Test
    void aClearMoveBecomesALessonWithItsNodesAndInterval() {
        Trees trees = Trees.baseline(0.5).completed(0, Trees.withRate(1e-3), 0.7).completed(1, Trees.withRate(3e-3), 0.85);
        assertThat(Insights.from(trees.tree())).singleElement().satisfies(i -> {
            // standard error of the difference: sqrt(.7 * .3 / 400 + .85 * .15 / 400) = .0291
            assertThat(i.lesson()).isEqualTo("Raising learningRate improved accuracy by 0.150 ± 0.058 (1 pair)");
            assertThat(i.evidence()).containsExactly(new NodeId(1), new NodeId(2));
        });
    }

    @Test
    void whatNoiseCouldExplainIsNoLesson() {
        Trees trees = Trees.baseline(0.5).completed(0, Trees.withRate(1e-3), 0.7).completed(1, Trees.withRate(3e-3), 0.72);
        assertThat(Insights.from(trees.tree())).isEmpty();
    }

    @Test
    void aLessonIsDroppedWhenLaterPairsContradictIt() {
        Trees trees = Trees.baseline(0.5).completed(0, Trees.withRate(1e-3), 0.7).completed(1, Trees.withRate(3e-3), 0.85)
                .completed(2, Trees.withRate(6e-3), 0.70);
        assertThat(Insights.from(trees.tree())).isEmpty();
    }

    @Test
    void draftsAreComparedWithTheFirstDraftAndNotWithTheUntrainedModel() {
        Trees trees = Trees.baseline(0.5).completed(0, Trees.withRate(1e-3), 0.85).completed(0, Trees.withRate(3e-3), 0.7);
        assertThat(Insights.from(trees.tree())).extracting(Insight::lesson)
                .containsExactly("Raising learningRate worsened accuracy by 0.150 ± 0.058 (1 pair)");
    }

    @Test
    void aTreeOfTheBaselineTeachesNothing() {
        assertThat(Insights.from(Trees.baseline(0.5).tree())).isEmpty();
        assertThat(Insights.from(Trees.baseline(0.5).completed(0, 0.9).tree())).isEmpty();
    }
}
