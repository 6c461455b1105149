package trex.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
    private static final List<String> CLASSES = List.of("joy", "anger", "fear");

    /// Answers that are right at a rate, else any class; the third class is rare.
    private static Map<String, Answer> answers(Random truth, Random model, int n, double rate) {
        Map<String, Answer> answers = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            String expected = CLASSES.get(truth.nextInt(10) < 6 ? 0 : truth.nextInt(4) < 3 ? 1 : 2);
            String given = model.nextDouble() < rate ? expected : CLASSES.get(model.nextInt(3));
            answers.put("example " + i, new Answer(expected, given));
        }
        return answers;
    }

    private static Map<String, Answer> answers(int model, int n, double rate) {
        return answers(new Random(1), new Random(model), n, rate);
    }

    /// By precision and recall of each class.
    private static double slowMacroF1(List<Answer> answers) {
        TreeSet<String> classes = new TreeSet<>();
        answers.forEach(a -> {
            classes.add(a.expected());
            classes.add(a.given());
        });
        double sum = 0;
        for (String c : classes) {
            double right = answers.stream().filter(a -> a.expected().equals(c) && a.given().equals(c)).count();
            double given = answers.stream().filter(a -> a.given().equals(c)).count();
            double expected = answers.stream().filter(a -> a.expected().equals(c)).count();
            double precision = given == 0 ? 0 : right / given;
            double recall = expected == 0 ? 0 : right / expected;
            sum += precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        }
        return sum / classes.size();
    }

    @Test
    void itIsWhatDrawingExamplesOneByOneComesTo() {
        Map<String, Answer> first = answers(2, 60, 0.5);
        Map<String, Answer> second = answers(3, 60, 0.7);
        List<String> ids = new ArrayList<>(first.keySet());
        Random random = new Random(20_041);
        double[] differences = new double[PairedBootstrap.RESAMPLES];
        for (int b = 0; b < differences.length; b++) {
            List<Answer> ones = new ArrayList<>();
            List<Answer> others = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String id = ids.get(random.nextInt(60));
                ones.add(Objects.requireNonNull(first.get(id)));
                others.add(Objects.requireNonNull(second.get(id)));
            }
            differences[b] = slowMacroF1(others) - slowMacroF1(ones);
        }
        Arrays.sort(differences);
        double mean = Arrays.stream(differences).sum() / 2000;
        double variance = Arrays.stream(differences).map(d -> d * d).sum() / 1999 - mean * mean * 2000 / 1999;
        long below = Arrays.stream(differences).filter(d -> d <= 0).count();

        PairedBootstrap found = PairedBootstrap.of(first, second).orElseThrow();

        assertThat(found.n()).isEqualTo(60);
        assertThat(found.difference()).isCloseTo(
                slowMacroF1(List.copyOf(second.values())) - slowMacroF1(List.copyOf(first.values())), within(1e-12));
        assertThat(found.standardError()).isCloseTo(Math.sqrt(variance), within(1e-9));
        assertThat(found.low()).isCloseTo(differences[50], within(1e-12));
        assertThat(found.high()).isCloseTo(differences[1949], within(1e-12));
        assertThat(found.p()).isCloseTo(2.0 * (below + 1) / 2001, within(1e-12));
    }

    @Test
    void theSameAnswersGetTheSameResultAndEqualModelsNoDifference() {
        Map<String, Answer> some = answers(2, 200, 0.6);
        Map<String, Answer> better = answers(3, 200, 0.95);
        assertThat(PairedBootstrap.of(some, better)).isEqualTo(PairedBootstrap.of(some, better));
        PairedBootstrap same = PairedBootstrap.of(some, some).orElseThrow();
        assertThat(same.difference()).isZero();
        assertThat(same.p()).isEqualTo(1);
        assertThat(same.isWithinNoise()).isTrue();
        assertThat(PairedBootstrap.of(some, Map.of())).isEmpty();
    }

    @Test
    void aClearlyBetterModelIsFoundAndTheOrderOnlyTurnsTheSign() {
        Map<String, Answer> some = answers(2, 200, 0.6);
        Map<String, Answer> better = answers(3, 200, 0.95);
        PairedBootstrap forth = PairedBootstrap.of(some, better).orElseThrow();
        PairedBootstrap back = PairedBootstrap.of(better, some).orElseThrow();
        assertThat(forth.p()).isLessThan(0.002);
        assertThat(forth.low()).isPositive();
        assertThat(back.difference()).isCloseTo(-forth.difference(), within(1e-12));
        assertThat(back.low()).isCloseTo(-forth.high(), within(1e-12));
    }

    @Test
    void modelsOfTheSameWorthAreRarelyToldApart() {
        int found = 0;
        for (int i = 0; i < 200; i++) {
            found += PairedBootstrap.of(answers(new Random(i), new Random(1000 + i), 100, 0.6),
                            answers(new Random(i), new Random(5000 + i), 100, 0.6))
                    .orElseThrow().isWithinNoise() ? 0 : 1;
        }
        assertThat(found).as("of 200 at a level of 5 %%").isBetween(2, 22);
    }

    @Test
    void macroF1GetsTheBootstrapAndSharesGetMcNemarsTest() {
        Map<String, Answer> some = answers(2, 50, 0.6);
        Map<String, Answer> better = answers(3, 50, 0.9);
        PairedTest macro = PairedTest.of(Metric.MACRO_F1, some, better).orElseThrow();
        assertThat(macro).isInstanceOf(PairedBootstrap.class);
        assertThat(macro.method()).isEqualTo("paired bootstrap, 2000 resamples");
        assertThat(PairedTest.of(Metric.ACCURACY, some, better).orElseThrow()).isInstanceOf(PairedComparison.class);
    }
}
