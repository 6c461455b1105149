package trex.lm;

import java.util.List;

/// Projections of one input whose matrices a packed model holds one above the other: one large
/// product costs less than several small ones.
///
/// @param parts from top to bottom, at least two; the joint matrix lies in the place of the first
public record JointProjection(List<Projection> parts) {
    private static final JointProjection ATTENTION =
            new JointProjection(List.of(Projection.QUERY, Projection.KEY, Projection.VALUE));
    private static final JointProjection INNER = new JointProjection(List.of(Projection.GATE, Projection.UP));

    public JointProjection {
        parts = List.copyOf(parts);
    }

    /// Those of a model.
    public static List<JointProjection> of(ModelConfig config) {
        return config.family().gated() ? List.of(ATTENTION, INNER) : List.of(ATTENTION);
    }

    public Projection first() {
        return parts.getFirst();
    }

    /// Output features of the parts above one.
    public int above(Projection part, ModelConfig config) {
        return parts.subList(0, parts.indexOf(part)).stream().mapToInt(p -> p.out(config)).sum();
    }
}
