package trex.llm;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.time.Duration;
import java.util.Optional;

/// What came of one try.
sealed interface Attempt {
    record Answered(SuccessfulHttpResponse answer) implements Attempt {}

    /// A further try may be answered.
    ///
    /// @param askedFor pause that the service asks for
    record Again(WireFault fault, Optional<Duration> askedFor) implements Attempt {}

    /// A further try would come to the same.
    record Last(WireFault fault) implements Attempt {}
}
