package trex.gui.tree;

import trex.model.NodeState;

/// What is written on a node's card.
///
/// @param title the node's number and what it changed
/// @param detail its score with standard error, or its state
/// @param hypothesis what it set out to show
/// @param shade where its score lies between the study's worst (0) and best (1); NaN without one
/// @param pruned whether it or one above it was cut from the search
/// @param best whether it has the study's best score
record Card(String title, String detail, String hypothesis, NodeState state, double shade, boolean pruned, boolean best) {}
