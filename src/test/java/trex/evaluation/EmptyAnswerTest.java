package trex.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A model that says nothing, or always the same, must not gain by it.
class EmptyAnswerTest {
    private static List<Prediction> given(String answer) {
        return IntStream.range(0, 100)
                .mapToObj(i -> new Prediction("e" + i, i % 10 == 0 ? "rare" : "common", answer))
                .toList();
    }

    @Test
    void sayingNothingIsNeverRight() {
        for (String nothing : List.of("", " ", "\n", "\u00a0", "\u200b")) {
            assertThat(given(nothing)).noneMatch(Prediction::right);
            assertThat(MacroF1.of(given(nothing)).value()).isZero();
        }
    }

    @Test
    void sayingTheCommonClassGainsNoMacroF1() {
        assertThat(given("common").stream().filter(Prediction::right)).hasSize(90);
        assertThat(MacroF1.of(given("common")).value()).as("half of the classes are missed").isLessThan(0.5);
    }

    @Test
    void sayingSeveralAnswersAtOnceIsWrong() {
        assertThat(given("common rare")).noneMatch(Prediction::right);
        assertThat(given("common\nrare")).noneMatch(Prediction::right);
    }
}
