package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.RunId;
import trex.model.Strategy;
import trex.model.Work;

class RepeatsTest {
    private static final Recipe RECIPE = Fixtures.recipe(1e-3, 100);

    private static Node node(int id, double... seeds) {
        List<Run> runs = new ArrayList<>();
        for (int seed = 0; seed < seeds.length; seed++) {
            runs.add(new Run(new RunId("n" + id + "s" + seed), new NodeId(id), 0,
                    new Work.Train(recipe(id).withSeed(RECIPE.seed() + seed)), Fixtures.completed(seeds[seed], 10)));
        }
        return new Node(new NodeId(id), NodeId.BASELINE, Fixtures.strategy("It helps.", recipe(id)), NodeState.COMPLETED,
                runs, Fixtures.score(seeds[0]), false, "", null);
    }

    private static Recipe recipe(int id) {
        return Fixtures.recipe(id * 1e-3, 100);
    }

    private static Repeats repeats(Node... nodes) {
        List<Node> all = new ArrayList<>();
        all.add(new Node(NodeId.BASELINE, null, Strategy.baseline(), NodeState.COMPLETED, List.of(), Fixtures.score(0.5),
                false, "", null));
        all.addAll(List.of(nodes));
        return new Repeats(new ExperimentTree(all, List.of()));
    }

    private static NodeId named(Node... nodes) {
        return repeats(nodes).best().orElseThrow().node().id();
    }

    @Test
    void theBestMeanIsNamedAndNotTheBestSeed() {
        assertThat(named(node(1, 0.92, 0.7), node(2, 0.85, 0.84), node(3, 0.8, 0.8))).isEqualTo(new NodeId(2));
    }

    @Test
    void aSingleScoreIsNotNamedBesideMeans() {
        assertThat(named(node(1, 0.9), node(2, 0.85, 0.83), node(3, 0.8))).isEqualTo(new NodeId(2));
    }

    @Test
    void whereNothingWasRepeatedTheBestScoreIsNamed() {
        assertThat(named(node(1, 0.8), node(2, 0.9))).isEqualTo(new NodeId(2));
    }

    @Test
    void theBestThreeAreRepeatedWithSeedsThatNoneHadBefore() {
        List<Repeats.Repeat> open = repeats(node(1, 0.7), node(2, 0.9), node(3, 0.8), node(4, 0.85)).open();
        assertThat(open).extracting(r -> r.node().id())
                .containsExactly(new NodeId(2), new NodeId(4), new NodeId(3));
        assertThat(open).extracting(r -> r.recipe().seed()).doesNotContain(RECIPE.seed());
    }
}
