package trex.llm;

import java.time.Duration;

/// How long is waited for a service.
///
/// @param answer for a whole answer, header and body
/// @param pause before the second try, doubled for each that follows
/// @param longestPause that a service may ask for
/// @param tries of one question
record Patience(Duration answer, Duration pause, Duration longestPause, int tries) {
    static final Patience USUAL = new Patience(Duration.ofMinutes(3), Duration.ofSeconds(1), Duration.ofMinutes(2), 6);
}
