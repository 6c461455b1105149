package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitTest {
    @ParameterizedTest
    @CsvSource({
        "0, DONE", "28, IO_ERROR", "75, FENCED", "143, CANCELLED", "137, KILLED_OR_OOM",
        "134, NATIVE_CRASH", "139, NATIVE_CRASH", "135, NATIVE_CRASH", "1, FAILED", "127, FAILED", "255, FAILED"
    })
    void aStatusHasOneMeaning(int code, Exit.Reason reason) {
        assertThat(new Exit(code).reason()).isEqualTo(reason);
    }
}
