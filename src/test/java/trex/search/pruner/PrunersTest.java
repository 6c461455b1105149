package trex.search.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrunersTest {
    static List<String> ids() {
        return Pruners.ids();
    }

    /// Measured at equal distances, the last time at `share`.
    private static Curve curve(double share, double... values) {
        return new Curve(IntStream.range(0, values.length)
                .mapToObj(i -> new Curve.Reading(share * (i + 1) / values.length, values[i]))
                .toList());
    }

    private static List<Curve> ended(double... finals) {
        List<Curve> curves = new ArrayList<>();
        for (double end : finals) {
            curves.add(curve(1, end - 0.2, end - 0.1, end - 0.05, end));
        }
        return curves;
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aTrainingAheadOfAllOthersGoesOn(String id) {
        assertThat(Pruners.named(id).verdict(curve(0.5, 0.75, 0.85), ended(0.5, 0.6, 0.7, 0.8))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theFirstTrainingAndAnUnmeasuredOneGoOn(String id) {
        assertThat(Pruners.named(id).verdict(curve(0.5, 0.1, 0.1), List.of())).isEmpty();
        assertThat(Pruners.named(id).verdict(curve(0.5), ended(0.5, 0.6, 0.7))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void nothingIsStoppedAtItsEnd(String id) {
        assertThat(Pruners.named(id).verdict(curve(1, 0.1, 0.1), ended(0.5, 0.6, 0.7, 0.8))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void onlyNoneLetsAHopelessTrainingGoOn(String id) {
        assertThat(Pruners.named(id).verdict(curve(0.5, 0.1, 0.1), ended(0.5, 0.6, 0.7, 0.8)).isEmpty())
                .isEqualTo(id.equals(NeverStop.ID));
    }

    @Test
    void theMedianRuleWaitsForThreeOthersAndForATenthOfTheTraining() {
        MedianRule rule = new MedianRule();
        assertThat(rule.verdict(curve(0.5, 0.1), ended(0.5, 0.6))).isEmpty();
        assertThat(rule.verdict(curve(0.05, 0.1), ended(0.5, 0.6, 0.7))).isEmpty();
        // by half of their trainings the others had .4, .5 and .6
        assertThat(rule.verdict(curve(0.5, 0.49), ended(0.5, 0.6, 0.7)))
                .contains("0.490 after 50 % is below 0.500, the median of 3 others by then");
        assertThat(rule.verdict(curve(0.5, 0.5), ended(0.5, 0.6, 0.7))).isEmpty();
    }

    @Test
    void ashaKeepsTheBestThirdAtARung() {
        Asha asha = new Asha();
        // first measured at or after 45 %: .4, .5, .6, .7, .8; with this one six, two are kept
        List<Curve> others = ended(0.5, 0.6, 0.7, 0.8, 0.9);
        assertThat(asha.verdict(curve(0.5, 0.75), others)).isEmpty();
        assertThat(asha.verdict(curve(0.5, 0.65), others)).contains("0.650 after 50 % is not among the best 2 of 6 there");
    }

    @Test
    void ashaJudgesOnceARung() {
        Curve past = curve(0.8, 0.9, 0.9, 0.9, 0.1);
        assertThat(new Asha().verdict(past, ended(0.5, 0.6, 0.7))).isEmpty();
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> Pruners.named("axe")).hasMessageContaining("\"axe\"").hasMessageContaining("median, asha, none");
    }
}
