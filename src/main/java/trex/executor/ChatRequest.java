package trex.executor;

/// The first line that a chat's process reads.
record ChatRequest(TunedModel model, ChatSettings settings) {}
