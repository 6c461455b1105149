package trex.model;

/// How many rounds of a study ended in which way. The baseline is no round; neither are repeats with
/// another seed and measurements, which belong to rounds that have ended.
///
/// @param completed rounds with a score
/// @param failed rounds without a score of which a run failed
/// @param pruned rounds without a score because they were stopped early: hopeless, or out of time
/// @param rejected proposals that the person refused
/// @param skipped proposals that were never carried out: too dear by then, cut off, or too late
public record RoundCount(int completed, int failed, int pruned, int rejected, int skipped) {
    static RoundCount of(ExperimentTree tree) {
        int failed = 0;
        int pruned = 0;
        for (Node node : tree.nodes()) {
            if (node.state() == NodeState.FAILED && node.parent() != null) {
                failed += hasFailedRun(node) ? 1 : 0;
                pruned += hasFailedRun(node) ? 0 : 1;
            }
        }
        int completed = (int) tree.nodes().stream()
                .filter(n -> n.state() == NodeState.COMPLETED && n.parent() != null)
                .count();
        return new RoundCount(completed, failed, pruned, tree.count(NodeState.REJECTED), tree.count(NodeState.SKIPPED));
    }

    private static boolean hasFailedRun(Node node) {
        return node.runs().stream().anyMatch(r -> r.outcome() instanceof RunOutcome.Failed);
    }

    /// Rounds that count against the budget's.
    public int finished() {
        return completed + failed + pruned;
    }
}
