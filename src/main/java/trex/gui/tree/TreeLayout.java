package trex.gui.tree;

import java.util.Arrays;

/// Where the cards of a tree stand, root at the left, in world pixels at zoom 1, with the box of
/// every subtree. Immutable; computed off the screen's thread.
public final class TreeLayout {
    public static final double CARD_WIDTH = 196;
    public static final double CARD_HEIGHT = 48;
    static final double GAP_X = 40;
    static final double GAP_Y = 14;

    final int[] parent;
    final int[][] children;
    final double[] x;
    final double[] y;
    final double[] left;
    final double[] top;
    final double[] right;
    final double[] bottom;

    private TreeLayout(int[] parent) {
        this.parent = parent;
        this.children = children(parent);
        int n = parent.length;
        y = new Buchheim(parent, children, CARD_HEIGHT + GAP_Y).breadths();
        x = new double[n];
        for (int i = 1; i < n; i++) {
            x[i] = x[parent[i]] + CARD_WIDTH + GAP_X;
        }
        left = x.clone();
        top = y.clone();
        right = Arrays.stream(x).map(v -> v + CARD_WIDTH).toArray();
        bottom = Arrays.stream(y).map(v -> v + CARD_HEIGHT).toArray();
        growBoxes();
    }

    /// @param parent each node's parent, -1 for the root at place 0; a parent stands before its
    ///     children
    public static TreeLayout of(int[] parent) {
        for (int i = 0; i < parent.length; i++) {
            if (i == 0 ? parent[0] != -1 : parent[i] < 0 || parent[i] >= i) {
                throw new IllegalArgumentException("node " + i + " cannot have parent " + parent[i]);
            }
        }
        return new TreeLayout(parent.clone());
    }

    public int size() {
        return parent.length;
    }

    public double x(int node) {
        return x[node];
    }

    public double y(int node) {
        return y[node];
    }

    /// Width of the whole tree in world pixels.
    public double width() {
        return size() == 0 ? 0 : right[0] - left[0];
    }

    public double height() {
        return size() == 0 ? 0 : bottom[0] - top[0];
    }

    private void growBoxes() {
        for (int i = parent.length - 1; i > 0; i--) {
            int p = parent[i];
            left[p] = Math.min(left[p], left[i]);
            top[p] = Math.min(top[p], top[i]);
            right[p] = Math.max(right[p], right[i]);
            bottom[p] = Math.max(bottom[p], bottom[i]);
        }
    }

    private static int[][] children(int[] parent) {
        int[] count = new int[parent.length];
        for (int i = 1; i < parent.length; i++) {
            count[parent[i]]++;
        }
        int[][] children = new int[parent.length][];
        for (int i = 0; i < parent.length; i++) {
            children[i] = new int[count[i]];
        }
        Arrays.fill(count, 0);
        for (int i = 1; i < parent.length; i++) {
            children[parent[i]][count[parent[i]]++] = i;
        }
        return children;
    }
}
