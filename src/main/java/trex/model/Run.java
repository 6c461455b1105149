package trex.model;

import org.jspecify.annotations.Nullable;

/// One execution of one recipe with one seed.
///
/// @param variant index of the recipe within the node's strategy, -1 for a measurement
/// @param outcome null while it runs
public record Run(RunId id, NodeId node, int variant, Work work, @Nullable RunOutcome outcome) {}
