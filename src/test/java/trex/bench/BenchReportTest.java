package trex.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.json.Json;

class BenchReportTest {
    private final BenchRow fast = BenchRow.of("lora", 1300, "tokens/s").against(2000).wantsRatioAtLeast(0.6);
    private final BenchRow slow = BenchRow.of("full", 2.5, "GiB").wantsAtMost(2);

    @Test
    void aRowKnowsItsRatioAndWhetherItsGoalIsMet() {
        assertThat(fast.ratio()).isEqualTo(0.65);
        assertThat(fast.met()).isTrue();
        assertThat(slow.met()).isFalse();
        assertThat(slow.goal()).isEqualTo("<= 2");
    }

    @Test
    void oneMissedGoalIsEnoughToMissThemAll() {
        Machine machine = Machine.here(null);
        assertThat(new BenchReport(machine, List.of(fast)).allMet()).isTrue();
        assertThat(new BenchReport(machine, List.of(fast, slow)).allMet()).isFalse();
    }

    @Test
    void theTableAlignsItsColumns() {
        BenchReport report = new BenchReport(
                new Machine("P", 2, 1L << 30, "Linux", "25", new Gemm(1536, 110.3, null)), List.of(fast, slow));
        assertThat(report.table()).isEqualTo("""
                P, 2 cores, 1.0 GiB, Linux, Java 25
                matrix product of 1536: fp32 110.3 GFLOP/s
                what  value  unit      control  ratio  goal            met
                lora   1300  tokens/s     2000  0.650  ratio >= 0.600  yes
                full   2.50  GiB                       <= 2            NO
                """);
    }

    @Test
    void theJsonHasTheFieldsThatScriptsRead() {
        JsonNode json = Json.mapper().valueToTree(new BenchReport(Machine.here(new Gemm(1024, 100, 50.0)), List.of(slow)));
        assertThat(json.at("/machine/gemm/fp32").doubleValue()).isEqualTo(100);
        assertThat(json.at("/rows/0").propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactly("name", "value", "unit", "control", "ratio", "goal", "met");
        assertThat(json.at("/rows/0/met").booleanValue()).isFalse();
        assertThat(json.at("/allMet").isMissingNode()).isTrue();
    }

    @Test
    void aValueThatIsNoNumberIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> BenchRow.of("lora", Double.NaN, "s"))
                .withMessageContaining("lora").withMessageContaining("NaN");
    }
}
