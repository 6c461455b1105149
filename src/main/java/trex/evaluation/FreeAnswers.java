package trex.evaluation;

import java.util.Arrays;
import java.util.List;
import trex.lm.ExampleEncoder;
import trex.lm.Generator;
import trex.lm.KnownPrefix;
import trex.lm.LanguageModel;
import trex.lm.ModelConfig;
import trex.lm.Sampling;
import trex.lm.Tokenizer;
import trex.model.Example;

/// Answers examples with the text that the model writes greedily.
///
/// @param room most tokens of an answer
record FreeAnswers(ExampleEncoder encoder, Tokenizer tokenizer, int room) implements Answering {
    /// Tokens beyond the longest right answer: one that is longer still is wrong in any case.
    private static final int SLACK = 8;

    private static final int MOST_SEQUENCES = 64;
    private static final long CACHE_BYTES = 256L << 20;

    static FreeAnswers asLongAs(List<Example> examples, ExampleEncoder encoder, Tokenizer tokenizer) {
        int longest = examples.stream().mapToInt(e -> encoder.completion(e.answer()).length).max().orElseThrow();
        return new FreeAnswers(encoder, tokenizer, longest + SLACK);
    }

    @Override
    public int longestAnswer() {
        return room;
    }

    @Override
    public String[] answer(LanguageModel model, List<int[]> prompts, Progress progress) throws InterruptedException {
        Generator generator = new Generator(model, encoder.stops(), new Sampling.Greedy());
        PromptBatches batches = PromptBatches.of(prompts, _ -> room, slots(model.config()), MOST_SEQUENCES);
        String[] answers = new String[prompts.size()];
        int done = 0;
        try (KnownPrefix prefix = model.prefix(Arrays.copyOf(prompts.getFirst(), batches.shared()))) {
            for (int[] members : batches.members()) {
                List<int[]> written = generator.write(
                        Arrays.stream(members).mapToObj(prompts::get).toList(), room, prefix);
                for (int m = 0; m < members.length; m++) {
                    answers[members[m]] = tokenizer.decode(written.get(m));
                }
                done += members.length;
                progress.measured(done, prompts.size());
            }
        }
        return answers;
    }

    /// Tokens whose keys and values fit the memory that is meant for them.
    private static int slots(ModelConfig config) {
        long bytes = 2L * config.layers() * config.keyValueHeads() * config.headSize() * Float.BYTES;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, CACHE_BYTES / bytes));
    }
}
