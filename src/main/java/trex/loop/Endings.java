package trex.loop;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Score;

/// How runs ended, in words.
final class Endings {
    private Endings() {}

    /// A clause such as "failed while training: the loss is not a number".
    static String of(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Completed(var score, _, _) ->
                String.format(Locale.ROOT, "%s %.4f ± %.4f", score.metric().id(), score.value(), score.standardError());
            case RunOutcome.Pruned(int step, String reason, _) -> "stopped early at step " + step + ": " + reason;
            case RunOutcome.Stopped(int step, _) -> "stopped at step " + step;
            case RunOutcome.Failed(_, String phase, String message, _) -> "failed while " + phase + ": " + message;
        };
    }

    /// How a new score stands against the best of the closed nodes; empty where either is missing.
    static String standing(Optional<RunOutcome> ended, Optional<Node> best) {
        if (ended.isEmpty() || !(ended.get() instanceof RunOutcome.Completed(Score score, _, _)) || best.isEmpty()) {
            return "";
        }
        NodeId other = best.get().id();
        Score top = Objects.requireNonNull(best.get().score(), "the best node has a score");
        if (score.withinNoiseOf(top)) {
            return ", within noise of the best so far, " + other;
        }
        return score.beats(top) ? ", better than " + other + " beyond noise" : ", behind " + other;
    }

    /// Why none of a node's runs gave it a score.
    ///
    /// @param goesOn whether the search goes on: then what was stopped was stopped for want of time
    static String whyWithoutScore(Node node, boolean goesOn) {
        String reasons = node.runs().stream()
                .map(Run::outcome)
                .filter(Objects::nonNull)
                .map(outcome -> of(outcome) + (outcome instanceof RunOutcome.Stopped
                        ? goesOn ? ": it took more seconds than it may" : ": the search was ended"
                        : ""))
                .distinct()
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "the search had ended" : reasons;
    }
}
