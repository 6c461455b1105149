package trex.loop;

import java.util.List;
import java.util.Map;
import trex.model.Budget;
import trex.model.Checkpoint;
import trex.model.DataOperator;
import trex.model.DataProfile;
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
import trex.model.Prepared;
import trex.model.Recipe;
import trex.model.ResearchDirection;
import trex.model.RunCost;
import trex.model.RunOutcome;
import trex.model.Schedule;
import trex.model.Score;
import trex.model.SealedSplit;
import trex.model.SealedSplits;
import trex.model.Split;
import trex.model.Strategy;
import trex.model.TaskData;
import trex.model.Template;
import trex.model.ValidationCut;

/// A small mission and what belongs to it.
public final class Fixtures {
    public static final int VALIDATION_ROWS = 200;
    public static final int TEST_ROWS = 400;

    private Fixtures() {}

    public static Recipe recipe(double learningRate, int examples) {
        return new Recipe(
                new DataRecipe(List.of(new DataOperator.Deduplicate(), new DataOperator.Sample(examples))),
                new Method.Lora(8, 16, LoraTargets.ALL_LINEAR),
                new Optimization(learningRate, 1, 16, 1, 0.03, Schedule.LINEAR, 0, 1),
                LossOn.COMPLETION, 128, 2, Precision.AUTO, 7);
    }

    public static Mission mission(int rounds, long seconds) {
        DataSource source = new DataSource("rows.tsv", "0".repeat(64), "tsv");
        return new Mission("tiny", "Say whether a sentence is good.", "nano",
                new TaskData(List.of(source), null, new ValidationCut(VALIDATION_ROWS, true), source,
                        new Template(null, "{text}", "{label}", Map.of("0", "bad", "1", "good"),
                                List.of("bad", "good"), false)),
                Metric.ACCURACY, new Budget(rounds, seconds, 5_000), Map.of(), recipe(1e-3, 1_000), 11);
    }

    public static Prepared prepared() {
        return new Prepared(
                new ModelFiles("nano", "/models/nano.gguf", "a".repeat(64)),
                new SealedSplits(
                        new SealedSplit(Split.TRAIN, "/splits/train.jsonl", 4_000, "b".repeat(64)),
                        new SealedSplit(Split.VALIDATION, "/splits/validation.jsonl", VALIDATION_ROWS, "c".repeat(64)),
                        new SealedSplit(Split.TEST, "/splits/test.jsonl", TEST_ROWS, "d".repeat(64)), 3),
                new DataProfile(4_000, 0.01, 60, 4, Map.of("bad", 0.4, "good", 0.6)));
    }

    public static Strategy strategy(String hypothesis, Recipe... variants) {
        return new Strategy(
                ResearchDirection.ADJUST_TRAINING, hypothesis, List.of(), List.of(variants), "script");
    }

    public static Score score(double value) {
        return Score.proportion(Metric.ACCURACY, (int) Math.round(value * VALIDATION_ROWS), VALIDATION_ROWS);
    }

    public static RunOutcome completed(double value, double seconds) {
        return new RunOutcome.Completed(score(value), new Checkpoint("/checkpoints/x", 10, "e".repeat(64)),
                new RunCost(seconds, 1 << 20, 1_000, 50_000));
    }
}
