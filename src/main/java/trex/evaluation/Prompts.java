package trex.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import trex.lm.ExampleEncoder;
import trex.model.Example;

/// The prompts of examples as ids that leave room for an answer.
///
/// @param ids none empty; a longer one has lost its front
/// @param cut number of prompts that lost something
record Prompts(List<int[]> ids, int cut) {
    /// @param room most tokens of an example's prompt, by the example's index
    static Prompts of(List<Example> examples, ExampleEncoder encoder, IntUnaryOperator room) {
        List<int[]> ids = new ArrayList<>();
        int cut = 0;
        for (int i = 0; i < examples.size(); i++) {
            int[] prompt = encoder.prompt(examples.get(i));
            int most = room.applyAsInt(i);
            cut += prompt.length > most ? 1 : 0;
            ids.add(prompt.length > most ? Arrays.copyOfRange(prompt, prompt.length - most, prompt.length) : prompt);
        }
        return new Prompts(ids, cut);
    }
}
