package trex.bench.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import trex.bench.step.StepProcess;
import trex.json.Json;
import trex.lm.Generator;
import trex.lm.LanguageModel;
import trex.lm.RandomWeights;
import trex.lm.ReadRate;
import trex.lm.Sampling;
import trex.lm.UnreadableModel;
import trex.lm.WeightLayout;
import trex.model.Precision;
import trex.training.ResidentMemory;

/// The measured process: writes behind random prompts in one precision and prints its
/// [GenerateFigures] as a line of JSON.
public final class GenerateProcess {
    /// Streams that are written together.
    static final int STREAMS = 8;

    private static final int ROUNDS = 4;
    private static final int PROMPT = 32;
    private static final int TOKENS = 96;
    private static final double READ_SECONDS = 0.5;

    private GenerateProcess() {}

    public static void main(String[] arguments)
            throws UnreadableModel, JsonProcessingException, InterruptedException {
        System.out.println(Json.mapper().writeValueAsString(run(Precision.valueOf(arguments[0]))));
    }

    private static GenerateFigures run(Precision precision) throws UnreadableModel, InterruptedException {
        try (LanguageModel model = LanguageModel.frozen(new RandomWeights(StepProcess.SHAPE, 1), precision)) {
            double single = tokensPerSecond(model, 1);
            double batched = tokensPerSecond(model, STREAMS);
            long peak = ResidentMemory.peakBytes(); // before the buffer that is read for comparison
            double read = 0;
            try (ReadRate rate = new ReadRate()) {
                for (int round = 0; round < ROUNDS; round++) {
                    read = Math.max(read, rate.measure(READ_SECONDS));
                    single = Math.max(single, tokensPerSecond(model, 1));
                    batched = Math.max(batched, tokensPerSecond(model, STREAMS));
                }
            }
            double bytes = new WeightLayout(StepProcess.SHAPE).parameters() * (precision == Precision.BF16 ? 2.0 : 4.0);
            return new GenerateFigures(single, batched, read * 1e9 / bytes, read, peak);
        }
    }

    /// Of the tokens behind the first, which takes the prompt's run.
    private static double tokensPerSecond(LanguageModel model, int streams) throws InterruptedException {
        Random random = new Random(3);
        List<int[]> prompts = IntStream.range(0, streams)
                .mapToObj(i -> random.ints(PROMPT, 0, StepProcess.SHAPE.vocabulary()).toArray())
                .toList();
        long[] first = new long[1];
        new Generator(model, Set.of(), new Sampling.Greedy()).write(prompts, TOKENS, (prompt, _) -> {
            if (first[0] == 0) {
                first[0] = System.nanoTime();
            }
            return true;
        });
        return streams * (TOKENS - 1) / ((System.nanoTime() - first[0]) / 1e9);
    }
}
