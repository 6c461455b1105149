package trex.training;

import java.util.List;
import trex.lm.TokenizedExample;

/// Two answers to one prompt.
///
/// @param chosen the better one
/// @param rejected ids of the worse one, its end token included
public record AnswerPair(TokenizedExample chosen, int[] rejected) {
    public AnswerPair {
        if (rejected.length == 0) {
            throw new IllegalArgumentException("example " + chosen.id() + " has an empty rejected answer");
        }
    }

    /// The chosen and the rejected answer behind the same end of their prompt.
    List<LabelledExample> labelled(int maxLength) {
        return LabelledExample.answers(chosen.id(), chosen.prompt(), List.of(chosen.completion(), rejected), maxLength);
    }
}
