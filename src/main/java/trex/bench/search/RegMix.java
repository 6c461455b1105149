package trex.bench.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import trex.bench.Bench;
import trex.search.planner.Dimension;
import trex.search.planner.GaussianProcess;
import trex.search.planner.History;
import trex.search.planner.Point;
import trex.search.planner.Space;

/// RegMix (arXiv 2407.01492): loss on Pile-CC of language models of a million parameters as a
/// function of the mixture of 17 sources, by a Gaussian process on the square roots of the shares.
final class RegMix {
    private static final String LOSS = "metric/the_pile_pile_cc_val_loss";
    /// A Dirichlet of this concentration, drawn by powers of exponentials: few large shares.
    private static final double POWER = 3;

    private static final String OWN_SOURCE = "pile_cc";
    private static final double OWN_SHARE = 0.5;

    private final List<History.Observation> runs = new ArrayList<>();
    private final List<double[]> mixtures = new ArrayList<>();
    private final int ownSource;
    private final Space space;

    RegMix(Surrogates files) throws Bench.Unmeasured, InterruptedException {
        for (String part : List.of("train", "test")) {
            List<String> lines = files.lines("data/" + part + "_mixture_1m.csv");
            List<String> losses = files.lines("data/" + part + "_pile_loss_1m.csv");
            int column = Arrays.asList(losses.getFirst().split(",", -1)).indexOf(LOSS);
            for (int i = 1; i < lines.size(); i++) {
                double[] shares = numbers(lines.get(i));
                mixtures.add(shares);
                runs.add(new History.Observation(roots(shares), -numbers(losses.get(i))[column - 1]));
            }
        }
        List<String> sourceNames = Arrays.asList(
                files.lines("data/train_mixture_1m.csv").getFirst().split(",", -1));
        ownSource = (int) sourceNames.stream().takeWhile(name -> !name.endsWith(OWN_SOURCE)).count() - 1;
        int sources = runs.getFirst().point().size();
        space = new Space(IntStream.range(0, sources)
                .<Dimension>mapToObj(i -> new Dimension.Numeric("source" + i))
                .toList());
    }

    /// All but the first column.
    private static double[] numbers(String line) {
        return Arrays.stream(line.split(",", -1)).skip(1).mapToDouble(Double::parseDouble).toArray();
    }

    private static Point roots(double[] shares) {
        return new Point(Arrays.stream(shares).map(Math::sqrt).toArray());
    }

    /// Share of the variance of held-out runs that the surrogate explains.
    double explained() {
        int held = runs.size() / 5;
        GaussianProcess process = GaussianProcess.fit(space, runs.subList(0, runs.size() - held));
        double mean = runs.stream().mapToDouble(History.Observation::value).average().orElseThrow();
        double missed = 0;
        double total = 0;
        for (History.Observation run : runs.subList(runs.size() - held, runs.size())) {
            missed += Math.pow(run.value() - process.predict(run.point()).mean(), 2);
            total += Math.pow(run.value() - mean, 2);
        }
        return 1 - missed / total;
    }

    Problem problem() {
        return Calibration.problem("regmix", landscape()).withDrafts(drafts());
    }

    /// What one would try without having seen any loss: the sources as large as they are (the mean of
    /// all mixtures, which were drawn around that), and the same with half of it from the source
    /// that is measured.
    private List<Point> drafts() {
        double[] bySize = new double[space.size()];
        mixtures.forEach(m -> Arrays.setAll(bySize, i -> bySize[i] + m[i] / mixtures.size()));
        double[] halfOwn = bySize.clone();
        Arrays.setAll(halfOwn, i -> i == ownSource
                ? OWN_SHARE
                : bySize[i] * (1 - OWN_SHARE) / (1 - bySize[ownSource]));
        return List.of(point(bySize), point(halfOwn));
    }

    private Problem.Landscape landscape() {
        GaussianProcess surrogate = GaussianProcess.fit(space, runs);
        return new Problem.Landscape() {
            @Override
            public Space space() {
                return space;
            }

            @Override
            public double value(Point point) {
                return surrogate.mean(roots(shares(point)));
            }
        };
    }

    /// A point whose [#shares] are these, with the largest at its middle.
    private static Point point(double[] shares) {
        double largest = Arrays.stream(shares).max().orElseThrow();
        return new Point(Arrays.stream(shares)
                .map(s -> (1 - Math.exp(-Math.log(2) * Math.pow(s / largest, 1 / POWER))) / 0.999999)
                .toArray());
    }

    private static double[] shares(Point point) {
        double[] shares = IntStream.range(0, point.size())
                .mapToDouble(i -> Math.pow(-Math.log(1 - 0.999999 * point.get(i)), POWER))
                .toArray();
        double sum = Arrays.stream(shares).sum() + 1e-300;
        return Arrays.stream(shares).map(s -> s / sum).toArray();
    }
}
