package trex.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import trex.data.BrokenData;
import trex.lm.BaseModel;
import trex.lm.UnreadableModel;
import trex.model.DeviceList;
import trex.model.FailureKind;
import trex.model.Recipe;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Work;

/// The real work: data recipe, training, measuring. Refuses what does not fit the machine or is no
/// longer what the study began with, before it starts.
final class FineTuning implements Workload {
    private final BaseModels models;
    private final Path home;
    private final LocalDevices devices;
    private final Function<DeviceList, Resources> resources;

    /// @param home the program's home folder
    FineTuning(Path home) {
        this(home, LocalDevices.of(home, System.getenv()));
    }

    private FineTuning(Path home, LocalDevices devices) {
        this(home, devices, chosen -> Resources.of(devices, chosen));
    }

    FineTuning(Path home, Resources resources) {
        this(home, LocalDevices.of(home, System.getenv()), _ -> resources);
    }

    /// @param resources what there is of memory and disk for a run on some devices
    private FineTuning(Path home, LocalDevices devices, Function<DeviceList, Resources> resources) {
        this.models = new BaseModels(home);
        this.home = home;
        this.devices = devices;
        this.resources = resources;
    }

    @Override
    public RunOutcome carryOut(Assignment assignment) throws WorkFailed, IOException, InterruptedException {
        RunRequest request = assignment.request();
        refuseMissing(request.devices());
        Resources available = resources.apply(request.devices());
        Precisions precisions = new Precisions(devices.calibrator(home, request.devices().first()));
        try (BaseModel base = models.open(request.model(), assignment)) {
            return switch (request.work()) {
                case Work.Train(Recipe recipe) -> new TrainingWork(assignment, base, recipe, precisions, available).carryOut();
                case Work.Measure(var checkpoint, var split) ->
                        new MeasuringWork(assignment, base, precisions, available).carryOut(checkpoint, split);
            };
        } catch (UnreadableModel | BrokenData e) {
            throw new WorkFailed(FailureKind.INPUT, String.valueOf(e.getMessage()), e);
        }
    }

    private void refuseMissing(DeviceList wanted) throws WorkFailed {
        Optional<String> refusal = devices.refusal(wanted);
        if (refusal.isPresent()) {
            throw new WorkFailed(FailureKind.INPUT, refusal.get());
        }
    }
}
