package trex.bench.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import trex.search.planner.Point;

/// First recipes for a problem from what is known of the others: stands for a playbook, which is
/// the lessons of other people's tasks. The problem itself is never looked at.
final class Portfolio {
    private static final int POOL = 300;
    private static final int SIZE = 3;
    private static final long SEED = 77;
    /// Beyond twice the median a recipe is simply bad, as one that diverges is.
    private static final double WORST = 2;

    private Portfolio() {}

    /// Each problem with the points that together do best on all others: greedily, one after
    /// another, the point that lowers the mean of the best regrets most.
    static List<Problem> leaveOneOut(List<Problem> problems) {
        Random random = new Random(SEED);
        List<Point> pool = new ArrayList<>();
        for (int i = 0; i < POOL; i++) {
            pool.add(problems.getFirst().landscape().space().random(random));
        }
        double[][] regrets = new double[problems.size()][POOL];
        for (int p = 0; p < regrets.length; p++) {
            for (int i = 0; i < POOL; i++) {
                Problem problem = problems.get(p);
                double regret = problem.regret(problem.landscape().value(pool.get(i)));
                regrets[p][i] = regret < WORST ? regret : WORST;
            }
        }
        List<Problem> prepared = new ArrayList<>();
        for (int p = 0; p < regrets.length; p++) {
            prepared.add(problems.get(p).withDrafts(chosen(regrets, p).stream().map(pool::get).toList()));
        }
        return prepared;
    }

    private static List<Integer> chosen(double[][] regrets, int without) {
        double[] best = new double[regrets.length];
        java.util.Arrays.fill(best, WORST);
        List<Integer> chosen = new ArrayList<>();
        for (int k = 0; k < SIZE; k++) {
            int next = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < POOL; i++) {
                double sum = 0;
                for (int p = 0; p < regrets.length; p++) {
                    sum += p == without ? 0 : Math.min(best[p], regrets[p][i]);
                }
                if (sum < least) {
                    least = sum;
                    next = i;
                }
            }
            chosen.add(next);
            for (int p = 0; p < regrets.length; p++) {
                best[p] = Math.min(best[p], regrets[p][next]);
            }
        }
        return chosen;
    }
}
