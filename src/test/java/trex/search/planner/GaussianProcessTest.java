package trex.search.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {
    private static final Space LINE = new Space(List.of(new Dimension.Numeric("x")));
    private static final Space MIXED = new Space(List.of(
            new Dimension.Numeric("x"), new Dimension.Numeric("y"), new Dimension.Categorical("kind", 3)));

    @Test
    void theKernelIsMatern52() {
        assertThat(GaussianProcess.kernel(0)).isEqualTo(1);
        // r = 1: (1 + sqrt(5) + 5/3) exp(-sqrt(5))
        assertThat(GaussianProcess.kernel(1)).isCloseTo(0.5239941088318203, within(1e-12));
    }

    @Test
    void choleskySolvesByHandNumbers() {
        Cholesky factor = new Cholesky(new double[][] {{4, 2}, {2, 3}});
        // L = [[2, 0], [1, sqrt 2]], A x = (8, 7) has x = (1.25, 1.5)
        assertThat(factor.solve(new double[] {8, 7})).containsExactly(new double[] {1.25, 1.5}, within(1e-12));
        assertThat(factor.halfLogDeterminant()).isCloseTo(Math.log(8) / 2, within(1e-12));
    }

    @Test
    void expectedImprovementIsTheClosedForm() {
        // z = 0.5: 0.2 (0.5 * 0.6914625 + 0.3520653)
        assertThat(new GaussianProcess.Prediction(1.1, 0.2).expectedImprovement(1.0)).isCloseTo(0.139559, within(1e-6));
        assertThat(new GaussianProcess.Prediction(0, 0.2).expectedImprovement(5)).isCloseTo(0, within(1e-9));
    }

    @Test
    void itPredictsASmoothFunctionBetweenItsPoints() {
        List<History.Observation> seen = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            seen.add(new History.Observation(new Point(i / 10.0), Math.sin(6 * i / 10.0)));
        }
        GaussianProcess process = GaussianProcess.fit(LINE, seen);
        assertThat(process.predict(new Point(0.25)).mean()).isCloseTo(Math.sin(1.5), within(0.05));
        assertThat(process.predict(new Point(0.25)).deviation()).isLessThan(0.2);
    }

    @Test
    void uncertaintyGrowsAwayFromThePoints() {
        GaussianProcess process = GaussianProcess.fit(LINE, List.of(
                new History.Observation(new Point(0.0), 1), new History.Observation(new Point(0.1), 2),
                new History.Observation(new Point(0.2), 1.5)));
        assertThat(process.predict(new Point(1.0)).deviation()).isGreaterThan(process.predict(new Point(0.1)).deviation());
    }

    @Test
    void aPendingPointTakesTheImprovementAway() {
        List<History.Observation> seen = List.of(new History.Observation(new Point(0.0), 0),
                new History.Observation(new Point(0.5), 1), new History.Observation(new Point(1.0), 0));
        GaussianProcess process = GaussianProcess.fit(LINE, seen);
        Point wanted = new Point(0.6);
        double before = process.predict(wanted).expectedImprovement(process.incumbent());
        GaussianProcess busy = process.believing(wanted);
        assertThat(busy.predict(wanted).mean()).isCloseTo(process.predict(wanted).mean(), within(1e-6));
        assertThat(busy.predict(wanted).expectedImprovement(busy.incumbent())).isLessThan(0.7 * before);
    }

    @Test
    void choicesAreToldApart() {
        Random random = new Random(3);
        List<History.Observation> seen = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Point p = MIXED.random(random);
            seen.add(new History.Observation(p, p.get(2) == 1 ? 1 : 0));
        }
        GaussianProcess process = GaussianProcess.fit(MIXED, seen);
        assertThat(process.predict(new Point(0.5, 0.5, 1)).mean())
                .isGreaterThan(process.predict(new Point(0.5, 0.5, 2)).mean() + 0.4);
    }

    @Test
    void screenedSearchFindsTheTopWhereBlindSearchDoesNot() {
        double screened = 0;
        double blind = 0;
        for (int seed = 0; seed < 10; seed++) {
            screened += best(new Planner(MIXED, Screen.EXPECTED_IMPROVEMENT, 64), seed);
            blind += best(new Planner(MIXED, Screen.BLIND, 64), seed);
        }
        assertThat(screened / 10).isGreaterThan(0.98).isGreaterThan(blind / 10);
    }

    private static double best(Planner planner, int seed) {
        Random random = new Random(seed);
        List<History.Observation> seen = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            Point p = planner.draft(new History(seen, List.of(), List.of()), java.util.Optional::of, random)
                    .orElseThrow().point();
            double value = 1 - Math.pow(p.get(0) - 0.7, 2) - Math.pow(p.get(1) - 0.2, 2) - (p.get(2) == 2 ? 0 : 0.1);
            seen.add(new History.Observation(p, value));
        }
        return seen.stream().mapToDouble(History.Observation::value).max().orElseThrow();
    }

    @Test
    void theParzenEstimatorPrefersTheNeighbourhoodOfGoodPoints() {
        List<History.Observation> seen = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            seen.add(new History.Observation(new Point(i / 20.0), -Math.abs(i / 20.0 - 0.3)));
        }
        ParzenEstimator estimator = new ParzenEstimator(LINE, new History(seen, List.of(), List.of()));
        assertThat(ParzenEstimator.goodCount(20)).isEqualTo(2);
        assertThat(estimator.ratio(new Point(0.3))).isGreaterThan(estimator.ratio(new Point(0.8)));
    }

    @Test
    void failuresCountAsTheWorstValueSeen() {
        History history = new History(List.of(new History.Observation(new Point(0.1), 3), new History.Observation(new Point(0.2), 2)),
                List.of(new Point(0.9)), List.of());
        assertThat(history.withFailuresAsWorst()).contains(new History.Observation(new Point(0.9), 2));
    }

    @Test
    void editsStayInTheSpaceAndTouchAsManyDimensionsAsAsked() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            Point from = MIXED.random(random);
            Point to = MIXED.edit(from, 2, random);
            int changed = 0;
            for (int d = 0; d < 3; d++) {
                changed += from.get(d) == to.get(d) ? 0 : 1;
                assertThat(to.get(d)).isBetween(0.0, d == 2 ? 2.0 : 1.0);
            }
            assertThat(changed).isEqualTo(2);
        }
    }
}
