package trex.gui.tree;

import java.util.Arrays;

/// Tidy tree drawing in linear time (Buchheim, Jünger and Leipert, "Improving Walker's Algorithm to
/// Run in Linear Time", GD 2002), on arrays and without recursion, so that a chain of any length
/// is no danger to the stack. Names follow the paper.
final class Buchheim {
    private final int[] parent;
    private final int[][] children;
    private final double distance;
    private final int[] thread;
    private final int[] ancestor;
    private final int[] defaultAncestor;
    private final int[] number;
    private final double[] prelim;
    private final double[] mod;
    private final double[] shift;
    private final double[] change;

    /// @param distance between the positions of neighbours
    Buchheim(int[] parent, int[][] children, double distance) {
        int n = parent.length;
        this.parent = parent;
        this.children = children;
        this.distance = distance;
        thread = new int[n];
        ancestor = new int[n];
        defaultAncestor = new int[n];
        number = new int[n];
        prelim = new double[n];
        mod = new double[n];
        shift = new double[n];
        change = new double[n];
        Arrays.fill(thread, -1);
        for (int v = 0; v < n; v++) {
            ancestor[v] = v;
            defaultAncestor[v] = children[v].length > 0 ? children[v][0] : -1;
            for (int k = 0; k < children[v].length; k++) {
                number[children[v][k]] = k;
            }
        }
    }

    /// Every node's position across the direction in which the tree grows.
    double[] breadths() {
        for (int v : postOrder()) {
            place(v);
            if (hasLeftSibling(v)) {
                apportion(v);
            }
        }
        return secondWalk();
    }

    private int[] postOrder() {
        int n = parent.length;
        int[] order = new int[n];
        int[] stack = new int[n + 1];
        int top = 0;
        int out = n;
        if (n > 0) {
            stack[top++] = 0;
        }
        while (top > 0) {
            int v = stack[--top];
            order[--out] = v;
            for (int child : children[v]) {
                stack[top++] = child;
            }
        }
        return order;
    }

    private void place(int v) {
        boolean sibling = hasLeftSibling(v);
        double beside = sibling ? prelim[children[parent[v]][number[v] - 1]] + distance : 0;
        if (children[v].length == 0) {
            prelim[v] = beside;
            return;
        }
        executeShifts(v);
        double middle = (prelim[children[v][0]] + prelim[children[v][children[v].length - 1]]) / 2;
        prelim[v] = sibling ? beside : middle;
        mod[v] = sibling ? beside - middle : 0;
    }

    private void executeShifts(int v) {
        double moved = 0;
        double changed = 0;
        for (int k = children[v].length - 1; k >= 0; k--) {
            int w = children[v][k];
            prelim[w] += moved;
            mod[w] += moved;
            changed += change[w];
            moved += shift[w] + changed;
        }
    }

    /// Walks the inner contours of `v`'s subtree and of its left siblings' forest, and pushes `v`
    /// away where they would overlap.
    private void apportion(int v) {
        int p = parent[v];
        int insideRight = v;
        int outsideRight = v;
        int insideLeft = children[p][number[v] - 1];
        int outsideLeft = children[p][0];
        double sumInsideRight = mod[insideRight];
        double sumOutsideRight = mod[outsideRight];
        double sumInsideLeft = mod[insideLeft];
        double sumOutsideLeft = mod[outsideLeft];
        int nextRight = nextRight(insideLeft);
        int nextLeft = nextLeft(insideRight);
        while (nextRight >= 0 && nextLeft >= 0) {
            insideLeft = nextRight;
            insideRight = nextLeft;
            outsideLeft = nextLeft(outsideLeft);
            outsideRight = nextRight(outsideRight);
            ancestor[outsideRight] = v;
            double overlap = prelim[insideLeft] + sumInsideLeft - prelim[insideRight] - sumInsideRight + distance;
            if (overlap > 0) {
                moveSubtree(parent[ancestor[insideLeft]] == p ? ancestor[insideLeft] : defaultAncestor[p], v, overlap);
                sumInsideRight += overlap;
                sumOutsideRight += overlap;
            }
            sumInsideLeft += mod[insideLeft];
            sumInsideRight += mod[insideRight];
            sumOutsideLeft += mod[outsideLeft];
            sumOutsideRight += mod[outsideRight];
            nextRight = nextRight(insideLeft);
            nextLeft = nextLeft(insideRight);
        }
        if (nextRight >= 0 && nextRight(outsideRight) < 0) {
            thread[outsideRight] = nextRight;
            mod[outsideRight] += sumInsideLeft - sumOutsideRight;
        }
        if (nextLeft >= 0 && nextLeft(outsideLeft) < 0) {
            thread[outsideLeft] = nextLeft;
            mod[outsideLeft] += sumInsideRight - sumOutsideLeft;
            defaultAncestor[p] = v;
        }
    }

    private void moveSubtree(int from, int to, double by) {
        double subtrees = number[to] - number[from];
        change[to] -= by / subtrees;
        shift[to] += by;
        change[from] += by / subtrees;
        prelim[to] += by;
        mod[to] += by;
    }

    private double[] secondWalk() {
        double[] breadth = new double[parent.length];
        double[] sum = new double[parent.length];
        for (int v = 0; v < parent.length; v++) {
            double above = v == 0 ? 0 : sum[parent[v]];
            breadth[v] = prelim[v] + above;
            sum[v] = above + mod[v];
        }
        return breadth;
    }

    private boolean hasLeftSibling(int v) {
        return parent[v] >= 0 && number[v] > 0;
    }

    private int nextLeft(int v) {
        return children[v].length > 0 ? children[v][0] : thread[v];
    }

    private int nextRight(int v) {
        return children[v].length > 0 ? children[v][children[v].length - 1] : thread[v];
    }
}
