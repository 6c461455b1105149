package trex.gui.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trex.gui.Samples;
import trex.model.Node;

class FiguresTest {
    private final Node once = Samples.completed(1, 0, Samples.strategy("The default.", Samples.recipe()), 0.84);

    @Test
    void aScoreComesWithItsStandardError() {
        assertThat(Figures.measured(once)).isEqualTo("0.840 ± 0.018");
        assertThat(Figures.measuredValue(once)).isEqualTo("0.840");
    }

    @Test
    void noDistanceHasNoSign() {
        assertThat(Figures.behind(0.0004)).isEqualTo("0.000");
        assertThat(Figures.behind(0.013)).isEqualTo("−0.013");
        assertThat(Figures.value(-0.0001)).isEqualTo("0.000");
    }

    @Test
    void whereSeveralSeedsHaveSpokenTheirMeanIsShown() {
        Node twice = Samples.repeated(once, 0.80);
        assertThat(Figures.measured(twice)).isEqualTo("0.820 · 2 seeds");
        assertThat(Figures.measuredValue(twice)).isEqualTo("0.820");
    }
}
