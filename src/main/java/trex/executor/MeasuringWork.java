package trex.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.data.BrokenData;
import trex.data.SplitReader;
import trex.evaluation.Evaluation;
import trex.lm.BaseModel;
import trex.lm.LanguageModel;
import trex.lm.UnreadableModel;
import trex.model.Checkpoint;
import trex.model.Example;
import trex.model.Mission;
import trex.model.Precision;
import trex.model.Quantization;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.SealedSplit;
import trex.model.Split;
import trex.training.CheckpointFiles;

/// Measures the base model or a checkpoint on a split.
final class MeasuringWork {
    private final Assignment assignment;
    private final BaseModel base;
    private final Precisions precisions;
    private final Resources resources;

    MeasuringWork(Assignment assignment, BaseModel base, Precisions precisions, Resources resources) {
        this.assignment = assignment;
        this.base = base;
        this.precisions = precisions;
        this.resources = resources;
    }

    RunOutcome carryOut(@Nullable Checkpoint checkpoint, Split split)
            throws WorkFailed, IOException, UnreadableModel, BrokenData, InterruptedException {
        if (checkpoint == null) {
            // The first run of a study: what no round could start from is refused before there is a round.
            Mission mission = assignment.request().mission();
            Misfit.refuse(mission.start(), mission, base.config());
        }
        Measurement measurement = new Measurement(assignment, base, split, read(split));
        assignment.say(new RunEvent.Phase("loading the model", -1));
        try (LanguageModel model = model(checkpoint)) {
            Evaluation evaluation = measurement.of(model);
            measurement.keep(evaluation);
            return new RunOutcome.Completed(evaluation.score(), null, RunCost.NONE);
        }
    }

    private List<Example> read(Split split) throws BrokenData {
        SealedSplit sealed = assignment.request().splits().of(split);
        SplitReader reader = new SplitReader(InstantSource.system());
        return split == Split.TEST ? reader.openTest(sealed, assignment.request().id()) : reader.read(sealed);
    }

    private LanguageModel model(@Nullable Checkpoint checkpoint) throws WorkFailed, IOException, UnreadableModel {
        if (checkpoint == null) {
            // As the recipe that the study departs from, so that a change of score is a change of weights.
            Precision wanted = assignment.request().mission().start().precision();
            Precision precision = precisions.choose(wanted, base.config(), assignment);
            resources.refuseWhatCannotBeMeasured(base.config(), precision, Quantization.NONE);
            return LanguageModel.frozen(base.weights(), assignment.device(), precision);
        }
        Path folder = Export.whole(checkpoint);
        resources.refuseWhatCannotBeMeasured(base.config(), CheckpointFiles.precision(folder),
                Quantization.of(CheckpointFiles.method(folder)));
        return CheckpointFiles.open(folder, base.weights(), assignment.device());
    }
}
