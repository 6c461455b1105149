package trex.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trex.model.Optimizer;

/// The optimizers written down plainly in double precision, a number at a time.
final class SlowOptimizer {
    private final Optimizer rule;
    private final List<long[]> shapes = new ArrayList<>();
    private final List<double[]> weights = new ArrayList<>();
    private final List<double[]> first = new ArrayList<>();
    private final List<double[]> second = new ArrayList<>();
    private int step;

    SlowOptimizer(Optimizer rule, List<FloatTensor> start) {
        this.rule = rule;
        for (FloatTensor tensor : start) {
            shapes.add(tensor.shape());
            weights.add(wide(tensor));
            first.add(new double[(int) tensor.elements()]);
            second.add(new double[(int) tensor.elements()]);
        }
    }

    double[] weights(int tensor) {
        return weights.get(tensor);
    }

    void apply(List<FloatTensor> collected, double rate, double decay, double clip) {
        step++;
        List<double[]> gradients = collected.stream().map(SlowOptimizer::wide).toList();
        double norm = Math.sqrt(gradients.stream().flatMapToDouble(Arrays::stream).map(g -> g * g).sum());
        double scale = Math.min(1, clip / norm);
        for (int t = 0; t < weights.size(); t++) {
            double[] g = Arrays.stream(gradients.get(t)).map(value -> value * scale).toArray();
            double[] x = weights.get(t);
            double[] update = switch (rule) {
                case ADAMW -> adam(g, first.get(t), second.get(t));
                case SGD -> sgd(g, first.get(t));
                case ADAFACTOR -> adafactor(g, first.get(t), second.get(t), shapes.get(t));
            };
            boolean matrix = shapes.get(t).length > 1;
            for (int i = 0; i < x.length; i++) {
                x[i] -= rate * ((matrix ? decay * x[i] : 0) + update[i]);
            }
        }
    }

    private double[] adam(double[] g, double[] mean, double[] variance) {
        double[] update = new double[g.length];
        for (int i = 0; i < g.length; i++) {
            mean[i] = 0.9 * mean[i] + 0.1 * g[i];
            variance[i] = 0.999 * variance[i] + 0.001 * g[i] * g[i];
            double unbiased = mean[i] / (1 - Math.pow(0.9, step));
            update[i] = unbiased / (Math.sqrt(variance[i] / (1 - Math.pow(0.999, step))) + 1e-8);
        }
        return update;
    }

    private static double[] sgd(double[] g, double[] momentum) {
        for (int i = 0; i < g.length; i++) {
            momentum[i] = 0.9 * momentum[i] + g[i];
        }
        return momentum;
    }

    private double[] adafactor(double[] g, double[] rows, double[] columns, long[] shape) {
        double keep = 1 - Math.pow(step, -0.8);
        double[] variance = shape.length == 1
                ? plain(g, rows, keep)
                : factored(g, rows, columns, (int) shape[0], (int) shape[1], keep);
        double[] update = new double[g.length];
        double square = 0;
        for (int i = 0; i < g.length; i++) {
            update[i] = g[i] / Math.sqrt(variance[i]);
            square += update[i] * update[i];
        }
        double tooLarge = Math.max(1, Math.sqrt(square / g.length));
        return Arrays.stream(update).map(u -> u / tooLarge).toArray();
    }

    private static double[] plain(double[] g, double[] variance, double keep) {
        for (int i = 0; i < g.length; i++) {
            variance[i] = keep * variance[i] + (1 - keep) * (g[i] * g[i] + 1e-30);
        }
        return variance;
    }

    /// The outer product of the rows' and the columns' means, over the mean of all.
    private static double[] factored(double[] g, double[] rows, double[] columns, int height, int width, double keep) {
        double[] ofRows = new double[height];
        double[] ofColumns = new double[width];
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                double square = g[r * width + c] * g[r * width + c] + 1e-30;
                ofRows[r] += square / width;
                ofColumns[c] += square / height;
            }
        }
        double mean = 0;
        for (int r = 0; r < height; r++) {
            rows[r] = keep * rows[r] + (1 - keep) * ofRows[r];
            mean += rows[r] / height;
        }
        for (int c = 0; c < width; c++) {
            columns[c] = keep * columns[c] + (1 - keep) * ofColumns[c];
        }
        double[] variance = new double[g.length];
        for (int i = 0; i < g.length; i++) {
            variance[i] = rows[i / width] * columns[i % width] / mean;
        }
        return variance;
    }

    private static double[] wide(FloatTensor tensor) {
        double[] wide = new double[(int) tensor.elements()];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = tensor.get(i);
        }
        return wide;
    }
}
