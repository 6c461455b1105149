package trex.model;

/// All that a run needs to know; written to its job folder once.
///
/// @param mission the template, the metric and the seeds
public record RunRequest(RunId id, StudyId study, Mission mission, ModelFiles model, SealedSplits splits, Work work) {}
