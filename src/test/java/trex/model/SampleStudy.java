package trex.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A small mission and its parts, for tests of what shows them.
public final class SampleStudy {
    public static final StudyId ID = new StudyId("dates-261125-041233");

    private SampleStudy() {}

    public static Recipe recipe() {
        return new Recipe(new DataRecipe(List.of(new DataOperator.Sample(256))),
                new Method.Lora(8, 16, LoraTargets.ALL_LINEAR),
                new Optimization(1e-3, 2, 16, 1, 0.1, Schedule.LINEAR, 0, 1),
                LossOn.COMPLETION, 128, 2, Precision.FP32, 7);
    }

    public static Recipe recipe(String field, String value) {
        return RecipeField.named(field).with(recipe(), value);
    }

    public static Mission mission() {
        DataSource rows = new DataSource("train.tsv", null, "tsv");
        return new Mission("dates", "Write dates as ISO", "nano",
                new TaskData(List.of(rows), rows, null, rows,
                        new Template(null, "{text}", "{iso}", Map.of(), List.of(), false)),
                Metric.EXACT_MATCH, new Budget(8, 240, 1000), Map.of(), recipe(), 1);
    }

    public static Node baseline() {
        return new Node(NodeId.BASELINE, null, Strategy.baseline(), NodeState.COMPLETED, List.of(), score(12), false,
                "", null);
    }

    public static Node child(int id, int parent, NodeState state, @Nullable Score score, Recipe... variants) {
        return new Node(new NodeId(id), new NodeId(parent), strategy(variants), state, List.of(), score, false, "",
                null);
    }

    public static Node failed(int id, int parent, String note) {
        Run run = new Run(new RunId("dates-n" + id), new NodeId(id), 0, new Work.Train(recipe()),
                new RunOutcome.Failed(FailureKind.DIVERGED, "training", "the loss is no number", RunCost.NONE));
        return new Node(new NodeId(id), new NodeId(parent), strategy(recipe()), NodeState.FAILED, List.of(run), null, false,
                note, null);
    }

    public static Strategy strategy(Recipe... variants) {
        return new Strategy(ResearchDirection.ADJUST_TRAINING, "A higher rate learns faster.",
                List.of(new Evidence("PB-02", "Adapters take ten times the rate.", "arXiv 2106.09685")),
                List.of(variants), "Playbook");
    }

    public static ExperimentTree tree(Node... nodes) {
        return new ExperimentTree(List.of(nodes), List.of());
    }

    /// A proportion of `right` in 100.
    public static Score score(int right) {
        return Score.proportion(Metric.EXACT_MATCH, right, 100);
    }

    public static StudyResult result() {
        return new StudyResult(new StudyResult.Measured(score(12), score(11)),
                new StudyResult.Best(new NodeId(1), score(80), score(78), new Checkpoint("/runs/1/best", 32, "ab")),
                8, 1, 2, 123.4);
    }

    public static Study study(StudyState state, @Nullable StudyResult result) {
        return new Study(ID, mission(), StudySettings.DEFAULT.withApproval(Approval.AUTO), state,
                Instant.parse("2026-11-25T04:12:33Z"), null, new Spending(30, 0, 240), result);
    }
}
