package trex.search.planner;

import java.util.List;

/// Squared distances of all pairs of points, dimension by dimension, computed once for a fit.
final class Distances {
    private final int size;
    private final double[][] squares;

    private Distances(int size, double[][] squares) {
        this.size = size;
        this.squares = squares;
    }

    static Distances of(Space space, List<Point> points) {
        int n = points.size();
        double[][] squares = new double[space.size()][n * (n + 1) / 2];
        for (int d = 0; d < squares.length; d++) {
            int at = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    double apart = space.apart(points.get(i), points.get(j), d);
                    squares[d][at++] = apart * apart;
                }
            }
        }
        return new Distances(n, squares);
    }

    int size() {
        return size;
    }

    int dimensions() {
        return squares.length;
    }

    /// Squared distances in units of the length scales, rows of the lower triangle one after another.
    double[] scaled(double[] lengthScales) {
        double[] sum = new double[size * (size + 1) / 2];
        for (int d = 0; d < squares.length; d++) {
            double factor = 1 / (lengthScales[d] * lengthScales[d]);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += factor * squares[d][i];
            }
        }
        return sum;
    }
}
