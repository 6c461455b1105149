package trex.gui.study;

import trex.model.Node;

/// A node that waits for the person's verdict.
///
/// @param estimatedSeconds expected cost, or NaN where nothing is known yet
/// @param sinceNanos when it began to wait, for the countdown of delayed approval
public record Proposal(Node node, double estimatedSeconds, long sinceNanos) {}
