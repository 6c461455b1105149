package trex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.Example;

class DataPipelineTest {
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private final DataPipeline pipeline = new DataPipeline();

    @Test
    void theSameSeedGivesTheSameRowsAndAnotherSeedOthers() throws Exception {
        List<Example> train = rows(200);
        List<Example> first = run(train, 5, new DataOperator.Sample(50)).examples();
        assertThat(run(train, 5, new DataOperator.Sample(50)).examples()).isEqualTo(first);
        assertThat(run(train, 6, new DataOperator.Sample(50)).examples()).isNotEqualTo(first);
        assertThat(first).doesNotHaveDuplicates().hasSize(50).isSubsetOf(train);
    }

    @Test
    void aSmallSampleIsTheBeginningOfALargeOne() throws Exception {
        List<Example> train = rows(200);
        assertThat(run(train, 5, new DataOperator.Sample(120)).examples())
                .startsWith(run(train, 5, new DataOperator.Sample(30)).examples().toArray(Example[]::new));
    }

    @Test
    void everyStepCountsItsRows() throws Exception {
        List<Example> train = new ArrayList<>(rows(100));
        train.addAll(rows(40));
        TrainingRows rows = pipeline.run(new DataRecipe(List.of(new DataOperator.Deduplicate(),
                new DataOperator.FilterLength(3, 60), new DataOperator.DropShortest(0.5), new DataOperator.Sample(30))),
                train, 1, 20);
        assertThat(rows.steps()).extracting(TrainingRows.Step::toString).first().isEqualTo("deduplicate: 140 → 100");
        assertThat(rows.steps()).last().isEqualTo(new TrainingRows.Step("budget.examplesPerRound", 30, 20));
        assertThat(rows.examples()).hasSize(20);
        for (int i = 1; i < rows.steps().size(); i++) {
            assertThat(rows.steps().get(i).in()).isEqualTo(rows.steps().get(i - 1).out());
        }
    }

    @Test
    void theShortestShareIsLeftOut() throws Exception {
        List<Example> train = IntStream.rangeClosed(1, 10).mapToObj(i -> row(i, "x".repeat(i), "a")).toList();
        assertThat(run(train, 3, new DataOperator.DropShortest(0.7)).examples())
                .extracting(e -> e.prompt().length()).containsExactlyInAnyOrder(8, 9, 10);
    }

    @Test
    void balancedAnswersAreEquallyFrequentAtTheSizeOfTheRarest() throws Exception {
        List<Example> train = IntStream.range(0, 90).mapToObj(i -> row(i, "p" + i, i % 9 == 0 ? "rare" : i % 2 == 0 ? "a" : "b"))
                .toList();
        assertThat(run(train, 3, new DataOperator.BalanceAnswers()).examples().stream()
                .collect(Collectors.groupingBy(Example::answer, Collectors.counting())))
                .containsOnly(java.util.Map.entry("rare", 10L), java.util.Map.entry("a", 10L), java.util.Map.entry("b", 10L));
    }

    @Test
    void shortRowsFirstIsAnOrderNotAChoice() throws Exception {
        List<Example> train = rows(100);
        TrainingRows rows = run(train, 3, new DataOperator.ShortFirst(), new DataOperator.Sample(40));
        assertThat(rows.keepsOrder()).isTrue();
        assertThat(rows.examples()).isSortedAccordingTo(java.util.Comparator.comparingInt(e -> e.prompt().length()));
        assertThat(rows.examples()).containsExactlyInAnyOrderElementsOf(run(train, 3, new DataOperator.Sample(40)).examples());
    }

    @Test
    void aRecipeThatLeavesNothingIsRefused() {
        assertThatThrownBy(() -> run(rows(10), 1, new DataOperator.FilterLength(5000, 6000)))
                .isInstanceOf(BrokenData.class).hasMessageContaining("filter length: 10 → 0");
    }

    private TrainingRows run(List<Example> train, long seed, DataOperator... operators)
            throws BrokenData, InterruptedException {
        return pipeline.run(new DataRecipe(List.of(operators)), train, seed, NO_LIMIT);
    }

    private static List<Example> rows(int count) {
        Random random = new Random(9);
        return IntStream.range(0, count).mapToObj(i -> row(i, i + "x".repeat(random.nextInt(80)), i % 3 == 0 ? "a" : "b")).toList();
    }

    private static Example row(int number, String prompt, String answer) {
        return new Example("t:" + number, null, prompt, answer);
    }
}
