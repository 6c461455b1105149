package trex.llm;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came of one try: an answer, or a fault.
///
/// @param askedFor pause that the service asks for
record Attempt(@Nullable SuccessfulHttpResponse answer, @Nullable WireFault failure, boolean mayBeTriedAgain,
        Optional<Duration> askedFor) {
    static Attempt answered(SuccessfulHttpResponse answer) {
        return new Attempt(answer, null, false, Optional.empty());
    }

    static Attempt again(WireFault fault, Optional<Duration> askedFor) {
        return new Attempt(null, fault, true, askedFor);
    }

    static Attempt last(WireFault fault) {
        return new Attempt(null, fault, false, Optional.empty());
    }

    WireFault fault() {
        return Objects.requireNonNull(failure, "there is an answer");
    }
}
