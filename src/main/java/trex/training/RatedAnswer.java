package trex.training;

import trex.lm.TokenizedExample;

/// An answer that is good or bad on its own.
public record RatedAnswer(TokenizedExample example, boolean good) {}
