package trex.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import trex.evaluation.BadCaseDiagnosis.Answers;
import trex.model.BadCases;
import trex.model.Example;
import trex.model.NodeId;

class BadCaseDiagnosisTest {
    private static final List<Example> VALIDATION = IntStream.range(0, 100)
            .mapToObj(i -> new Example("v.tsv:" + i, null, "row " + i + " word".repeat(i % 4 * 5), i % 2 == 0 ? "good" : "bad"))
            .toList();
    private final BadCaseDiagnosis diagnosis = new BadCaseDiagnosis(VALIDATION, List.of(
            new Example("t:1", null, VALIDATION.get(3).prompt(), "bad")), true);

    @Test
    void failuresThatShareAFeatureAreOneCluster() {
        BadCases bad = diagnosis.of(answers(1, e -> e.prompt().length() < 60), null);
        assertThat(bad.wrong()).isEqualTo(25);
        BadCases.Cluster first = bad.clusters().getFirst();
        assertThat(first.feature()).contains("words and more");
        assertThat(first.wrong()).isEqualTo(25);
        assertThat(first.chance()).isLessThan(1e-6);
        assertThat(bad.cases()).allSatisfy(c -> assertThat(VALIDATION).contains(c.example()));
    }

    @Test
    void failuresThatShareNothingAreNoCluster() {
        BadCases bad = diagnosis.of(answers(1, e -> e.id().hashCode() % 7 != 0), null);
        assertThat(bad.clusters()).allSatisfy(c -> assertThat(c.chance()).isGreaterThan(0.05));
    }

    @Test
    void theConfusionCountsEveryExampleOnce() {
        BadCases bad = diagnosis.of(answers(1, e -> e.answer().equals("good")), null);
        assertThat(bad.confusion().get("good")).containsOnly(java.util.Map.entry("good", 50));
        assertThat(bad.confusion().get("bad")).containsOnly(java.util.Map.entry("good", 50));
        assertThat(bad.clusters().getFirst().feature()).startsWith("answer bad");
    }

    @Test
    void theChangeAgainstTheParentIsPaired() {
        BadCases.Change change = Objects.requireNonNull(diagnosis.of(answers(2, e -> !e.id().endsWith("1")),
                answers(1, e -> !e.id().endsWith("2") && !e.id().endsWith("3"))).change());
        assertThat(change.parent()).isEqualTo(new NodeId(1));
        assertThat(change.repaired()).isEqualTo(20);
        assertThat(change.broken()).isEqualTo(10);
        assertThat(change.chance()).isCloseTo(0.0987, Offset.offset(1e-4));
    }

    @Test
    void tossesThatSplitEvenlyAreAllChance() {
        assertThat(Chance.ofSplit(4, 4)).isEqualTo(1);
        assertThat(Chance.ofSplit(0, 0)).isEqualTo(1);
        assertThat(Chance.ofSplit(5, 0)).isCloseTo(2.0 / 32, Offset.offset(1e-12));
        assertThat(Chance.atLeast(3, 3, 0.1)).isCloseTo(0.001, Offset.offset(1e-12));
    }

    @Test
    void answersToOtherExamplesAreRefused() {
        assertThatThrownBy(() -> diagnosis.of(new Answers(new NodeId(1), java.util.Map.of()), null))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("has no answer to v.tsv:0");
    }

    private static Answers answers(int node, Predicate<Example> right) {
        return Answers.of(new NodeId(node), VALIDATION.stream()
                .map(e -> new Prediction(e.id(), e.answer(), right.test(e) ? e.answer() : e.answer().equals("good") ? "bad" : "good"))
                .toList());
    }
}
