package trex.model;

/// All that a run needs to know; written to its job folder once.
///
/// @param mission the template, the metric and the seeds
/// @param device `cpu` or `cuda:n`, as in [StudySettings]
public record RunRequest(RunId id, StudyId study, Mission mission, ModelFiles model, SealedSplits splits, Work work,
        String device) {
    /// A request for the processor.
    public RunRequest(RunId id, StudyId study, Mission mission, ModelFiles model, SealedSplits splits, Work work) {
        this(id, study, mission, model, splits, work, "cpu");
    }
}
