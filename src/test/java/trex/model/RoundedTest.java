package trex.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundedTest {
    @Test
    void whatRoundsToZeroHasNoSign() {
        assertThat(Rounded.of(-0.0002, 3)).isEqualTo("0.000");
        assertThat(Rounded.of(-0.0, 0)).isEqualTo("0");
        assertThat(Rounded.change(-0.0002, 3)).isEqualTo("0.000");
        assertThat(Rounded.change(0, 4)).isEqualTo("0.0000");
    }

    @Test
    void anyOtherValueKeepsIt() {
        assertThat(Rounded.of(-0.02, 3)).isEqualTo("-0.020");
        assertThat(Rounded.of(12.3456, 2)).isEqualTo("12.35");
        assertThat(Rounded.change(0.02, 3)).isEqualTo("+0.020");
        assertThat(Rounded.change(-10, 1)).isEqualTo("-10.0");
    }
}
