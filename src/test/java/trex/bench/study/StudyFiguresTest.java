package trex.bench.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trex.model.Checkpoint;
import trex.model.ExperimentTree;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.ResearchDirection;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.SampleStudy;
import trex.model.Score;
import trex.model.Split;
import trex.model.Strategy;
import trex.model.Work;
import trex.search.SearchPolicies;

class StudyFiguresTest {
    @Test
    void secondsCountUntilTheFirstModelAsGoodAndNoRepeatOrTest() {
        StudyFigures figures = figures(0.7, tree(0.5, 0.6, 0.8));
        assertThat(figures.secondsTo(score(0.6))).hasValue(20);
        assertThat(figures.secondsTo(score(0.7))).hasValue(30);
        assertThat(figures.secondsTo(score(0.9))).isEmpty();
    }

    @Test
    void theStandardErrorHoldsExamplesAndSeeds() {
        StudyFigures low = figures(0.5, ExperimentTree.EMPTY);
        StudyFigures high = figures(0.7, ExperimentTree.EMPTY);
        assertThat(StudyFigures.mean(List.of(low, high)).value()).isCloseTo(0.6, within(1e-12));
        assertThat(StudyFigures.mean(List.of(low)).error()).isEqualTo(0.03);
        assertThat(StudyFigures.mean(List.of(low, high)).error()).isCloseTo(Math.hypot(0.03, 0.1), within(1e-12));
    }

    @Test
    void everyContenderHasAPolicyThatThereIs() {
        Mission task = SampleStudy.mission();
        for (StudyContender contender : StudyContender.searches()) {
            assertThat(SearchPolicies.ids()).contains(contender.settings().policy());
            assertThat(contender.mission(task, 60, 3).budget().seconds()).isEqualTo(60);
            assertThat(contender.mission(task, 60, 3).start().seed()).isEqualTo(3);
        }
    }

    private static StudyFigures figures(double test, ExperimentTree tree) {
        return new StudyFigures(score(test), score(test), 3, 99, tree, Map.of());
    }

    private static Score score(double value) {
        return new Score(Metric.ACCURACY, value, 0.03, 100);
    }

    /// Each node trains ten seconds, then repeats with another seed; the test split is opened too.
    private static ExperimentTree tree(double... scores) {
        Recipe recipe = SampleStudy.recipe();
        Checkpoint none = new Checkpoint("/nowhere", 1, "0");
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            NodeId id = new NodeId(i);
            RunOutcome done = new RunOutcome.Completed(score(scores[i]), none, new RunCost(10, 0, 1, 1));
            List<Run> runs = List.of(
                    new Run(new RunId("n" + i + "t"), id, -1, new Work.Measure(null, Split.TEST), done),
                    new Run(new RunId("n" + i + "r"), id, 0, new Work.Train(recipe.withSeed(99)), done),
                    new Run(new RunId("n" + i), id, 0, new Work.Train(recipe), done));
            nodes.add(new Node(id, i == 0 ? null : NodeId.BASELINE, new Strategy(ResearchDirection.ADJUST_TRAINING, "try",
                    List.of(), List.of(recipe), "test"), NodeState.COMPLETED, runs, score(scores[i]), false, "", null));
        }
        return new ExperimentTree(nodes, List.of());
    }
}
