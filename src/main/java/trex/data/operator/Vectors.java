package trex.data.operator;

/// Vectors of length 1, whose inner product is the cosine of the angle between them.
public final class Vectors {
    private Vectors() {}

    /// The vector in this direction; 0 stays 0.
    public static float[] ofLengthOne(double[] vector) {
        double square = 0;
        for (double x : vector) {
            square += x * x;
        }
        float[] unit = new float[vector.length];
        for (int i = 0; square > 0 && i < vector.length; i++) {
            unit[i] = (float) (vector[i] / Math.sqrt(square));
        }
        return unit;
    }

    /// Four sums, so that four products are under way at a time.
    static float cosine(float[] a, float[] b) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
