package trex.model;

import java.util.List;

/// A lesson with the nodes that prove it.
public record Insight(String lesson, List<NodeId> evidence) {
    public Insight {
        evidence = List.copyOf(evidence);
        if (evidence.isEmpty()) {
            throw new IllegalArgumentException("an insight without evidence is an opinion: " + lesson);
        }
    }
}
