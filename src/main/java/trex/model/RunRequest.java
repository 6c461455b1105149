package trex.model;

/// All that a run needs to know; written to its job folder once.
///
/// @param mission the template, the metric and the seeds
/// @param device as in [StudySettings]; several train together
public record RunRequest(RunId id, StudyId study, Mission mission, ModelFiles model, SealedSplits splits, Work work,
        String device) {
    public RunRequest {
        device = DeviceList.of(device).toString();
    }

    /// The same, as names.
    public DeviceList devices() {
        return DeviceList.of(device);
    }

    /// A request for the processor.
    public RunRequest(RunId id, StudyId study, Mission mission, ModelFiles model, SealedSplits splits, Work work) {
        this(id, study, mission, model, splits, work, "cpu");
    }
}
