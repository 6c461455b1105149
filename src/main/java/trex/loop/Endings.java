package trex.loop;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import trex.model.Node;
import trex.model.Run;
import trex.model.RunOutcome;

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

    /// Why none of a node's runs gave it a score.
    static String whyWithoutScore(Node node) {
        String reasons = node.runs().stream()
                .map(Run::outcome)
                .filter(Objects::nonNull)
                .map(Endings::of)
                .distinct()
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "the search had ended" : reasons;
    }
}
