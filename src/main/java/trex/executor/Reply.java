package trex.executor;

/// How an answer came to its end.
///
/// @param tokens tokens written
/// @param cut whether there was no more room
/// @param seconds from the question to the last token
public record Reply(int tokens, boolean cut, double seconds) {}
