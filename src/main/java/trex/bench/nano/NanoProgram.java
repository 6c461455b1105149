package trex.bench.nano;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import trex.lm.Descent;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.lm.ModelConfig;
import trex.lm.RandomWeights;
import trex.lm.Tokenizer;
import trex.lm.UnreadableModel;
import trex.lm.text.HuggingFaceText;
import trex.model.Method;
import trex.model.Precision;

/// Makes the embedded base model from nothing: learns the tokenizer, starts from random weights,
/// trains on the corpus and writes a Hugging Face folder.
/// `java trex.bench.nano.NanoProgram assets/nano 6000`
public final class NanoProgram {
    static final ModelConfig SHAPE = new ModelConfig(768, 128, 6, 4, 2, 32, 352, 512, 1e-5, 10_000, true);
    private static final long SEED = 2604_14116;
    private static final int TOKENIZER_PARAGRAPHS = 20_000;
    private static final int PIECES = 8;
    private static final int LENGTH = 160;
    private static final double PEAK_RATE = 4e-3;
    private static final double WEIGHT_DECAY = 0.05;
    private static final int HELD_OUT_BATCHES = 20;

    private NanoProgram() {}

    /// @param arguments the folder to write, and the number of steps
    public static void main(String[] arguments) throws IOException, UnreadableModel {
        Path folder = Path.of(arguments[0]);
        int steps = Integer.parseInt(arguments[1]);
        Files.createDirectories(folder);
        writeTokenizer(folder);
        Tokenizer tokenizer = HuggingFaceText.read(folder, 0, SHAPE.vocabulary()).tokenizer();
        try (LanguageModel model =
                LanguageModel.tunable(new RandomWeights(SHAPE, SEED), Precision.FP32, new Method.Full(), SEED)) {
            train(model, tokenizer, steps);
            List<FloatTensor> weights = model.trainable();
            double heldOut = heldOutLoss(model, tokenizer);
            NanoFolder.write(folder, SHAPE, weights);
            System.out.printf(Locale.ROOT, "held-out loss %.4f nats a token after %d steps of %d tokens%n",
                    heldOut, steps, PIECES * LENGTH);
        }
    }

    private static void writeTokenizer(Path folder) throws IOException {
        BytePairTrainer trainer = new BytePairTrainer();
        Random random = new Random(SEED);
        for (int i = 0; i < TOKENIZER_PARAGRAPHS; i++) {
            trainer.read(NanoCorpus.paragraph(random));
        }
        TokenizerFile.write(trainer.learn(SHAPE.vocabulary()), folder);
    }

    private static void train(LanguageModel model, Tokenizer tokenizer, int steps) {
        CorpusBatches batches = new CorpusBatches(tokenizer, new Random(SEED + 1), PIECES, LENGTH);
        Descent optimizer = model.optimizer();
        long start = System.nanoTime();
        for (int step = 1; step <= steps; step++) {
            double loss = model.grads(batches.next(), false);
            optimizer.apply(rate(step, steps), WEIGHT_DECAY, 1);
            if (step % 100 == 0) {
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(Locale.ROOT, "step %5d  loss %.4f  %6.0f tokens/s%n",
                        step, loss, step * PIECES * LENGTH / seconds);
            }
        }
    }

    /// Up over the first 2 % of the steps, then half a cosine down to zero.
    private static double rate(int step, int steps) {
        double warmup = Math.max(1, 0.02 * steps);
        double share = Math.max(0, (step - warmup) / (steps - warmup));
        return PEAK_RATE * Math.min(step / warmup, 0.5 * (1 + Math.cos(Math.PI * share)));
    }

    private static double heldOutLoss(LanguageModel model, Tokenizer tokenizer) {
        CorpusBatches batches = new CorpusBatches(tokenizer, new Random(SEED + 2), PIECES, LENGTH);
        double total = 0;
        for (int i = 0; i < HELD_OUT_BATCHES; i++) {
            total += model.loss(batches.next());
        }
        return total / HELD_OUT_BATCHES;
    }
}
