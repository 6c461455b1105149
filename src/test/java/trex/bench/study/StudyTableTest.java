package trex.bench.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trex.bench.BenchRow;
import trex.model.Answer;
import trex.model.ExperimentTree;
import trex.model.Metric;
import trex.model.SampleStudy;
import trex.model.Score;

class StudyTableTest {
    private static final StudyContender OURS = StudyContender.searches().getFirst();
    private static final StudyContender OTHER = StudyContender.searches().getLast();

    private static StudyOutcome ended(double test, Map<String, Answer> right) {
        Score score = new Score(Metric.ACCURACY, test, 0.03, 100);
        return new StudyOutcome.Ended(new StudyFigures(score, score, 4, 50, ExperimentTree.EMPTY, right));
    }

    private static List<BenchRow> rows(
            List<StudyOutcome> usual, List<StudyOutcome> ours, List<StudyOutcome> other) {
        Map<StudyContender, List<StudyOutcome>> outcomes = new LinkedHashMap<>();
        outcomes.put(StudyContender.DEFAULT_RECIPE, usual);
        outcomes.put(OURS, ours);
        outcomes.put(OTHER, other);
        return new StudyTable(SampleStudy.mission(), outcomes).rows();
    }

    private static BenchRow row(List<BenchRow> rows, String name) {
        return rows.stream().filter(r -> r.name().startsWith(name)).findFirst().orElseThrow();
    }

    @Test
    void aFailedStudyCostsItsOwnRowOnly() {
        StudyOutcome broken = new StudyOutcome.Broken("the disk is full");
        List<BenchRow> rows = rows(List.of(ended(0.4, Map.of()), ended(0.6, Map.of())),
                List.of(ended(0.8, Map.of()), broken), List.of(broken, broken));
        BenchRow ours = row(rows, "dates, TREX Workbench, test");
        assertThat(ours.name()).endsWith("(1 of 2 studies failed: the disk is full)");
        assertThat(ours.value()).isEqualTo(0.8);
        assertThat(ours.ratio()).isCloseTo(1.6, within(1e-12));
        BenchRow other = row(rows, "dates, TPE, test");
        assertThat(other.name()).contains("2 of 2 studies failed");
        assertThat(other.value()).isZero();
        assertThat(other.ratio()).isNull();
        assertThat(rows).noneMatch(r -> r.name().startsWith("dates, TPE, spent"));
    }

    @Test
    void aFailedDefaultRecipeLeavesTheOthersWithoutAControl() {
        StudyOutcome broken = new StudyOutcome.Broken("no memory");
        List<BenchRow> rows = rows(List.of(broken), List.of(ended(0.8, Map.of())), List.of(ended(0.7, Map.of())));
        assertThat(row(rows, "dates, TREX Workbench, test").control()).isNull();
        assertThat(row(rows, "dates, TREX Workbench, until").unit()).isEqualTo("s, never reached");
    }

    @Test
    void theDifferenceIsPairedByExampleAndSeed() {
        Random random = new Random(5);
        List<Map<String, Answer>> ours = List.of(answers(random, 0.8), answers(random, 0.7));
        List<Map<String, Answer>> other = List.of(answers(random, 0.6), answers(random, 0.6));
        List<BenchRow> rows = rows(List.of(ended(0.5, Map.of()), ended(0.5, Map.of())),
                List.of(ended(0.8, ours.get(0)), ended(0.7, ours.get(1))),
                List.of(ended(0.6, other.get(0)), ended(0.6, other.get(1))));
        PairedDifference found = PairedDifference.of(ours, other).orElseThrow();
        double first = share(ours.get(0)) - share(other.get(0));
        double second = share(ours.get(1)) - share(other.get(1));
        assertThat(found.mean()).isCloseTo((first + second) / 2, within(1e-12));
        assertThat(found.standardError()).isCloseTo(Math.hypot(slowly(ours, other), Math.abs(first - second) / 2), within(1e-12));
        assertThat(row(rows, "dates, TREX Workbench less TPE").value()).isEqualTo(found.mean());
        assertThat(rows).noneMatch(r -> r.name().contains("less PEFT"));
    }

    /// Standard error of the mean over examples of the mean over seeds of the difference.
    private static double slowly(List<Map<String, Answer>> ours, List<Map<String, Answer>> other) {
        double[] differences = new double[200];
        for (int i = 0; i < 200; i++) {
            for (int s = 0; s < 2; s++) {
                differences[i] += 0.5 * (point(ours.get(s), i) - point(other.get(s), i));
            }
        }
        double sum = 0;
        double squares = 0;
        for (double d : differences) {
            sum += d;
            squares += d * d;
        }
        return Math.sqrt((squares - sum * sum / 200) / 199 / 200);
    }

    private static int point(Map<String, Answer> answers, int example) {
        return answers.getOrDefault("e" + example, new Answer("x", "")).right() ? 1 : 0;
    }

    private static double share(Map<String, Answer> answers) {
        return answers.values().stream().filter(Answer::right).count() / 200.0;
    }

    private static Map<String, Answer> answers(Random random, double rate) {
        Map<String, Answer> answers = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            answers.put("e" + i, new Answer("yes", random.nextDouble() < rate ? "yes" : "no"));
        }
        return answers;
    }
}
