package trex.executor;

import java.util.List;
import java.util.Map;
import trex.model.Budget;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.DataSource;
import trex.model.LoraTargets;
import trex.model.LossOn;
import trex.model.Method;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.ModelFiles;
import trex.model.Optimization;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.RunId;
import trex.model.RunRequest;
import trex.model.Schedule;
import trex.model.SealedSplit;
import trex.model.SealedSplits;
import trex.model.Split;
import trex.model.StudyId;
import trex.model.TaskData;
import trex.model.Template;
import trex.model.ValidationCut;
import trex.model.Work;

/// Requests for the toy workload: as many steps as examples, as many milliseconds a step as tokens.
final class Requests {
    private static final String DIGEST = "0".repeat(64);

    private Requests() {}

    static RunRequest toy(String run, int steps, int millisPerStep) {
        DataSource rows = new DataSource("rows.tsv", null, "tsv");
        Template template = new Template(null, "{text}", "{label}", Map.of(), List.of("yes", "no"), false);
        Recipe recipe = new Recipe(new DataRecipe(List.of(new DataOperator.Sample(steps))),
                new Method.Lora(8, 16, LoraTargets.ALL_LINEAR),
                new Optimization(1e-3, 1, 8, 1, 0, Schedule.CONSTANT, 0, 1),
                LossOn.COMPLETION, millisPerStep, 1, Precision.FP32, 7);
        Mission mission = new Mission("toy", "learn a recursion", "nano",
                new TaskData(List.of(rows), null, new ValidationCut(10, false), rows, template),
                Metric.ACCURACY, new Budget(3, 60, 100), Map.of(), recipe, 7);
        return new RunRequest(new RunId(run), new StudyId("study"), mission,
                new ModelFiles("nano", "/nowhere/nano", DIGEST),
                new SealedSplits(split(Split.TRAIN), split(Split.VALIDATION), split(Split.TEST), 0),
                new Work.Train(recipe), "cpu");
    }

    private static SealedSplit split(Split split) {
        return new SealedSplit(split, "/nowhere/" + split, 1, DIGEST);
    }
}
