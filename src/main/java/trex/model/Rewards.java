package trex.model;

/// How a preference rewards the answers of a step: by how much likelier they have become.
///
/// @param accuracy share of the pairs whose better answer has the higher reward; of rated answers,
///     of those that are rewarded as they are rated; `0..1`
/// @param margin mean reward of the better answers over that of the worse ones
public record Rewards(double accuracy, double margin) {}
