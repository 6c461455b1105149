package trex.model;

/// The person's answer to a proposal.
public sealed interface Verdict {
    /// @param strategy as proposed, or as the person edited it
    record Approved(Strategy strategy) implements Verdict {}

    record Rejected(String reason) implements Verdict {
        public Rejected {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("a rejection needs a reason: the next proposal learns from it");
            }
        }
    }
}
