package trex.model;

/// What must be there before the first run.
///
/// @param profile facts about the training data that the playbook's rules read
public record Prepared(ModelFiles model, SealedSplits splits, DataProfile profile) {}
