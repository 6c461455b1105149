package trex.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentTest {
    private static final Extent ALL = new Extent(5, List.of("dates"), 2, List.of("lora"));

    @Test
    void whatABenchmarkWouldNotHeedIsRefusedByName() {
        assertThatThrownBy(() -> ALL.refuseAllBut("study", "--seconds", "--tasks", "--seeds"))
                .isInstanceOf(Bench.Unmeasured.class)
                .hasMessage("bench study takes --seconds, --tasks, --seeds alone: leave --only out");
        assertThatThrownBy(() -> ALL.refuseAllBut("data"))
                .hasMessage("bench data has but one size: leave --seconds, --tasks, --seeds, --only out");
    }

    @Test
    void theUsualExtentSuitsEveryBenchmark() {
        assertThatCode(() -> Extent.USUAL.refuseAllBut("data")).doesNotThrowAnyException();
    }
}
