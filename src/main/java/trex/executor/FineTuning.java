package trex.executor;

import java.io.IOException;
import java.nio.file.Path;
import trex.data.BrokenData;
import trex.lm.BaseModel;
import trex.lm.UnreadableModel;
import trex.model.FailureKind;
import trex.model.Recipe;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Work;

/// The real work: data recipe, training, measuring. Refuses what does not fit the machine or is no
/// longer what the study began with, before it starts.
final class FineTuning implements Workload {
    private static final String PROCESSOR = "cpu";

    private final BaseModels models;
    private final Precisions precisions;
    private final Resources resources;

    /// @param home the program's home folder
    FineTuning(Path home) {
        this(home, Resources.ofThisMachine());
    }

    FineTuning(Path home, Resources resources) {
        this.models = new BaseModels(home);
        this.precisions = new Precisions(home);
        this.resources = resources;
    }

    @Override
    public RunOutcome carryOut(Assignment assignment) throws WorkFailed, IOException, InterruptedException {
        RunRequest request = assignment.request();
        refuseMissing(request.device());
        try (BaseModel base = models.open(request.model(), assignment)) {
            return switch (request.work()) {
                case Work.Train(Recipe recipe) -> new TrainingWork(assignment, base, recipe, precisions, resources).carryOut();
                case Work.Measure(var checkpoint, var split) ->
                        new MeasuringWork(assignment, base, precisions, resources).carryOut(checkpoint, split);
            };
        } catch (UnreadableModel | BrokenData e) {
            throw new WorkFailed(FailureKind.INPUT, String.valueOf(e.getMessage()), e);
        }
    }

    private static void refuseMissing(String device) throws WorkFailed {
        if (!device.equals(PROCESSOR)) {
            throw new WorkFailed(FailureKind.INPUT, device
                    + " asked for: this program's numeric library is the one for processors; set the device to cpu");
        }
    }
}
