package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trex.model.Approval;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Verdict;

@Timeout(30)
class InteractiveGateTest {
    private static final Node PROPOSAL = new Node(new NodeId(3), NodeId.BASELINE,
            Fixtures.strategy("A rate.", Fixtures.recipe(1e-3, 100)), NodeState.PROPOSED, List.of(), null, false, "",
            null);
    private static final Verdict AS_PROPOSED = new Verdict.Approved(PROPOSAL.strategy());

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private static InteractiveGate gate(Approval approval) {
        return new InteractiveGate(approval, InstantSource.system());
    }

    private Future<Optional<Verdict>> review(InteractiveGate gate) {
        Callable<Optional<Verdict>> wait = () -> gate.review(PROPOSAL, 10);
        return threads.submit(wait);
    }

    private static Optional<Verdict> end(Future<Optional<Verdict>> review) throws Exception {
        return review.get(20, TimeUnit.SECONDS);
    }

    private static void decideWhenItWaits(InteractiveGate gate, Verdict verdict) {
        while (true) {
            try {
                gate.decide(PROPOSAL.id(), verdict);
                return;
            } catch (IllegalStateException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void askingWaitsForThePerson() throws Exception {
        InteractiveGate gate = gate(Approval.ASK);
        Future<Optional<Verdict>> review = review(gate);
        decideWhenItWaits(gate, new Verdict.Rejected("no"));
        assertThat(end(review)).contains(new Verdict.Rejected("no"));
    }

    @Test
    void automaticApprovalDoesNotWait() throws Exception {
        assertThat(gate(Approval.AUTO).review(PROPOSAL, 10)).contains(AS_PROPOSED);
    }

    @Test
    void afterItsDelayAProposalIsApproved() throws Exception {
        assertThat(gate(Approval.after(1)).review(PROPOSAL, 10)).contains(AS_PROPOSED);
    }

    @Test
    void beforeItsDelayThePersonDecides() throws Exception {
        InteractiveGate gate = gate(Approval.after(86_400));
        Future<Optional<Verdict>> review = review(gate);
        decideWhenItWaits(gate, new Verdict.Rejected("no"));
        assertThat(end(review)).contains(new Verdict.Rejected("no"));
    }

    @Test
    void theWayOfApprovingMayChangeWhileAProposalWaits() throws Exception {
        InteractiveGate gate = gate(Approval.ASK);
        Future<Optional<Verdict>> review = review(gate);
        gate.approval(Approval.AUTO);
        assertThat(end(review)).contains(AS_PROPOSED);
    }

    @Test
    void aRecalledProposalGetsNoVerdictAndTheNextOneWaitsAgain() throws Exception {
        InteractiveGate gate = gate(Approval.ASK);
        Future<Optional<Verdict>> review = review(gate);
        gate.recall();
        assertThat(end(review)).isEmpty();
        Future<Optional<Verdict>> second = review(gate);
        decideWhenItWaits(gate, AS_PROPOSED);
        assertThat(end(second)).contains(AS_PROPOSED);
    }

    @Test
    void aVerdictForAnotherNodeIsRefused() {
        InteractiveGate gate = gate(Approval.ASK);
        Future<Optional<Verdict>> review = review(gate);
        assertThatThrownBy(() -> gate.decide(new NodeId(9), AS_PROPOSED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("node #9 does not wait for a verdict");
        assertThat(review.isDone()).isFalse();
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> gate(Approval.ASK).review(PROPOSAL, 10)).isInstanceOf(InterruptedException.class);
    }
}
