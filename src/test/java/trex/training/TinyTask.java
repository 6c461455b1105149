package trex.training;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import trex.lm.ChangedWeights;
import trex.lm.ModelConfig;
import trex.lm.ModelWeights;
import trex.lm.RandomWeights;
import trex.lm.TokenizedExample;
import trex.lm.UnreadableModel;
import trex.model.DataRecipe;
import trex.model.LossOn;
import trex.model.Method;
import trex.model.Metric;
import trex.model.Optimization;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.Schedule;
import trex.model.Score;

/// A model of a few thousand weights and a task that it can learn in seconds: after a fixed
/// beginning, the answer is the token seen first.
final class TinyTask {
    static final ModelConfig CONFIG = new ModelConfig(64, 32, 2, 4, 2, 8, 48, 64, 1e-5, 10_000, true);

    private TinyTask() {}

    /// Random weights with embeddings large enough that the head can tell tokens apart.
    static ModelWeights weights() {
        return new Loud(new RandomWeights(CONFIG, 7));
    }

    private record Loud(ModelWeights base) implements ChangedWeights {
        @Override
        public void copyTo(String name, MemorySegment target) throws UnreadableModel {
            base.copyTo(name, target);
            for (long i = 0; i < target.byteSize() && shape(name).length == 2; i += Float.BYTES) {
                target.set(ValueLayout.JAVA_FLOAT_UNALIGNED, i, 10 * target.get(ValueLayout.JAVA_FLOAT_UNALIGNED, i));
            }
        }

        @Override
        public void close() {
            base.close();
        }
    }

    static List<TokenizedExample> examples(int count) {
        Random random = new Random(11);
        List<TokenizedExample> examples = new ArrayList<>();
        for (int e = 0; e < count; e++) {
            int[] prompt = new int[10 + 3 + random.nextInt(6)];
            for (int i = 0; i < prompt.length; i++) {
                prompt[i] = i < 10 ? 40 + i : 2 + random.nextInt(30);
            }
            prompt[10] = 2 + random.nextInt(4);
            examples.add(new TokenizedExample("e" + e, prompt, new int[] {prompt[10] + 30, 1}));
        }
        return examples;
    }

    static Recipe recipe(Method method, Precision precision, double epochs) {
        return new Recipe(new DataRecipe(List.of()), method,
                new Optimization(method instanceof Method.Full ? 3e-3 : 2e-2, epochs, 4, 2, 0.1, Schedule.COSINE, 0.01, 1),
                LossOn.COMPLETION, 64, 3, precision, 5);
    }

    static Score score(double value) {
        return new Score(Metric.ACCURACY, value, 0, 1);
    }
}
