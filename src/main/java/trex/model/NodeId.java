package trex.model;

/// Numbers a node within its study, in order of creation; 0 is the baseline.
public record NodeId(int value) implements Comparable<NodeId> {
    public static final NodeId BASELINE = new NodeId(0);

    public NodeId {
        if (value < 0) {
            throw new IllegalArgumentException("a node number is at least 0, got " + value);
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "#" + value;
    }
}
