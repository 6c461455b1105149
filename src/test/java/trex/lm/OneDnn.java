package trex.lm;

import java.util.Arrays;
import java.util.stream.Stream;

/// Whether this machine's library has oneDNN's fp32 products, found out once.
public final class OneDnn {
    private static final boolean THERE = isThere();

    private OneDnn() {}

    private static boolean isThere() {
        try (GemmRate gemm = new GemmRate()) {
            return gemm.measureDirect(0) > 0;
        }
    }

    /// The products that can be tested here.
    public static Stream<Products> products() {
        return Arrays.stream(Products.values()).filter(products -> products == Products.LIBRARY || THERE);
    }
}
