package trex.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import trex.model.Approval;
import trex.model.Budget;
import trex.model.Checkpoint;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.DataSource;
import trex.model.Evidence;
import trex.model.ExperimentTree;
import trex.model.LoraTargets;
import trex.model.LossOn;
import trex.model.Method;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Optimization;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.ResearchDirection;
import trex.model.Schedule;
import trex.model.Score;
import trex.model.Spending;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.model.TaskData;
import trex.model.Template;

/// A small mission and its parts, for tests of the terminal.
final class SampleStudy {
    static final StudyId ID = new StudyId("dates-261125-041233");

    private SampleStudy() {}

    static Recipe recipe() {
        return new Recipe(new DataRecipe(List.of(new DataOperator.Sample(256))),
                new Method.Lora(8, 16, LoraTargets.ALL_LINEAR),
                new Optimization(1e-3, 2, 16, 1, 0.1, Schedule.LINEAR, 0, 1),
                LossOn.COMPLETION, 128, 2, Precision.FP32, 7);
    }

    static Recipe recipe(String field, String value) {
        return RecipeField.named(field).with(recipe(), value);
    }

    static Mission mission() {
        DataSource rows = new DataSource("train.tsv", null, "tsv");
        return new Mission("dates", "Write dates as ISO", "nano",
                new TaskData(List.of(rows), rows, null, rows,
                        new Template(null, "{text}", "{iso}", Map.of(), List.of(), false)),
                Metric.EXACT_MATCH, new Budget(8, 240, 1000), Map.of(), recipe(), 1);
    }

    static Node baseline() {
        return new Node(NodeId.BASELINE, null, Strategy.baseline(), NodeState.COMPLETED, List.of(), score(12), false,
                "", null);
    }

    static Node child(int id, int parent, NodeState state, @Nullable Score score, Recipe... variants) {
        return new Node(new NodeId(id), new NodeId(parent), strategy(variants), state, List.of(), score, false, "",
                null);
    }

    static Strategy strategy(Recipe... variants) {
        return new Strategy(ResearchDirection.ADJUST_TRAINING, "A higher rate learns faster.",
                List.of(new Evidence("PB-02", "Adapters take ten times the rate.", "arXiv 2106.09685")),
                List.of(variants), "Playbook");
    }

    static ExperimentTree tree(Node... nodes) {
        return new ExperimentTree(List.of(nodes), List.of());
    }

    /// A proportion of `right` in 100.
    static Score score(int right) {
        return Score.proportion(Metric.EXACT_MATCH, right, 100);
    }

    static StudyResult result() {
        return new StudyResult(new StudyResult.Measured(score(12), score(11)),
                new StudyResult.Best(new NodeId(1), score(80), score(78), new Checkpoint("/runs/1/best", 32, "ab")),
                8, 1, 2, 123.4);
    }

    static Study study(StudyState state, @Nullable StudyResult result) {
        return new Study(ID, mission(), StudySettings.DEFAULT.withApproval(Approval.AUTO), state,
                Instant.parse("2026-11-25T04:12:33Z"), null, new Spending(30, 0, 240), result);
    }
}
