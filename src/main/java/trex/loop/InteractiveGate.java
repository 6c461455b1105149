package trex.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trex.model.Approval;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.Verdict;

/// Waits for a verdict from another thread, or approves by itself, at once or after a while. The
/// way of approving may change while a proposal waits. Thread-safe.
public final class InteractiveGate implements ApprovalGate {
    private final InstantSource clock;
    private Approval approval;
    private @Nullable NodeId waiting;
    private @Nullable Verdict verdict;
    private boolean recalled;

    public InteractiveGate(Approval approval, InstantSource clock) {
        this.approval = approval;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Verdict> review(Node proposal, double estimatedSeconds) throws InterruptedException {
        Instant since = clock.instant();
        waiting = proposal.id();
        try {
            while (!recalled) {
                Verdict given = verdict;
                if (given != null) {
                    return Optional.of(given);
                }
                Duration left = left(since);
                if (left != null && !left.isPositive()) {
                    return Optional.of(new Verdict.Approved(proposal.strategy()));
                }
                wait(left == null ? 0 : Math.max(1, left.toMillis()));
            }
            return Optional.empty();
        } finally {
            recalled = false;
            waiting = null;
            verdict = null;
        }
    }

    /// Time until approval, or null where only the person approves.
    private @Nullable Duration left(Instant since) {
        return switch (approval.mode()) {
            case ASK -> null;
            case AUTO -> Duration.ZERO;
            case AFTER_DELAY -> Duration.between(clock.instant(), since.plusSeconds(approval.seconds()));
        };
    }

    /// @throws IllegalStateException if `node` does not wait for a verdict
    public synchronized void decide(NodeId node, Verdict given) {
        if (!node.equals(waiting) || verdict != null) {
            throw new IllegalStateException("node " + node + " does not wait for a verdict");
        }
        verdict = given;
        notifyAll();
    }

    /// Ends the present wait, or the next one, without a verdict: there is something else to do first.
    public synchronized void recall() {
        recalled = true;
        notifyAll();
    }

    public synchronized void approval(Approval changed) {
        approval = changed;
        notifyAll();
    }
}
