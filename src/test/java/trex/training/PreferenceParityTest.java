package trex.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.lm.PackedBatch;
import trex.lm.ModelConfig;
import trex.lm.ModelWeights;
import trex.lm.RandomWeights;
import trex.lm.Segment;
import trex.lm.SlowDecoder;
import trex.lm.Tensors;
import trex.lm.TokenizedExample;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;
import trex.model.PreferenceLoss;
import trex.model.Procedure;
import trex.model.Recipe;
import trex.model.Rewards;

/// Losses and gradients of preferences against the plain decoder in double precision, every answer
/// run alone, and the formulas as the papers and TRL (`label_smoothing` 0) write them.
class PreferenceParityTest {
    private static final ModelConfig SHAPE = new ModelConfig(40, 24, 2, 6, 2, 6, 20, 64, 1e-5, 10_000, true);
    private static final double STEP = 1e-5;
    private static final double BETA = 0.4;

    private ModelWeights weights;

    @BeforeEach
    void open() {
        weights = new RandomWeights(SHAPE, 3);
    }

    @AfterEach
    void close() {
        weights.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPO", "IPO", "SIMPO"})
    void aPairsLossAndGradientAreThoseOfThePapers(PreferenceLoss loss) throws Exception {
        for (Method method : methods()) {
            Procedure.Preference preference = new Procedure.Preference(loss, BETA, 0.7);
            List<AnswerPair> pairs = pairs(5);
            Objective objective = PreferenceTuning.of(recipe(method, preference), preference, pairs);
            check(method, objective, 5, 0.1, policy -> {
                double sum = 0;
                for (AnswerPair pair : pairs) {
                    sum += paper(preference, policy, pair) / 5;
                }
                return sum;
            });
        }
    }

    private double paper(Procedure.Preference preference, Pair policy, AnswerPair pair) {
        int[] prompt = pair.chosen().prompt();
        double chosen = policy.model.apply(prompt, pair.chosen().completion());
        double rejected = policy.model.apply(prompt, pair.rejected());
        double chosenBase = policy.base.apply(prompt, pair.chosen().completion());
        double rejectedBase = policy.base.apply(prompt, pair.rejected());
        double m = pair.chosen().completion().length;
        double n = pair.rejected().length;
        return switch (preference.loss()) {
            case DPO -> -logSigmoid(BETA * ((chosen - rejected) - (chosenBase - rejectedBase)));
            case IPO -> Math.pow((chosen / m - rejected / n) - (chosenBase / m - rejectedBase / n) - 1 / (2 * BETA), 2);
            case SIMPO -> -logSigmoid(BETA * (chosen / m - rejected / n - preference.margin() / BETA));
        };
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, -0.1})
    void ratedAnswersLossAndGradientAreThoseOfKto(double distance) throws Exception {
        for (Method method : methods()) {
            Procedure.Kto kto = new Procedure.Kto(BETA, 1.5, 0.8);
            List<RatedAnswer> rated = new ArrayList<>();
            for (AnswerPair pair : pairs(6)) {
                rated.add(new RatedAnswer(pair.chosen(), rated.size() % 3 != 0));
            }
            Objective objective = KtoTuning.of(recipe(method, kto), kto, rated);
            // The divergence is a constant: the plain loss holds that of the unmoved weights.
            double[] divergence = new double[1];
            check(method, objective, 6, distance, policy -> {
                if (divergence[0] == 0) {
                    divergence[0] = divergence(policy, rated);
                }
                double sum = 0;
                for (RatedAnswer answer : rated) {
                    double ratio = policy.ratio(answer.example().prompt(), answer.example().completion());
                    double z = Math.max(0, divergence[0]);
                    sum += answer.good() ? 1.5 * (1 - sigmoid(BETA * (ratio - z))) : 0.8 * (1 - sigmoid(BETA * (z - ratio)));
                }
                return sum / 6;
            });
            if (method instanceof Method.Full) {
                assertThat(Math.signum(divergence[0])).as("one case clamps it").isEqualTo(Math.signum(distance));
            }
        }
    }

    private static double divergence(Pair policy, List<RatedAnswer> rated) {
        double sum = 0;
        for (int i = 0; i < rated.size(); i++) {
            int[] foreign = rated.get(Math.floorMod(i - 1, rated.size())).example().completion();
            sum += policy.ratio(rated.get(i).example().prompt(), foreign) / rated.size();
        }
        return sum;
    }

    /// Reference first, then the weights move, then loss and gradient are compared.
    private void check(Method method, Objective objective, int size, double distance, ToDoubleFunction<Pair> plainLoss)
            throws Exception {
        try (LanguageModel model = LanguageModel.tunable(weights, Precision.FP32, method, 5)) {
            SlowDecoder base = new SlowDecoder(weights, List.of(), 1);
            model.optimizer();
            Passes passes = new SimplePasses(model);
            int[] all = IntStream.range(0, size).toArray();
            objective.begin(all, passes, (_, _) -> {});
            move(model.trainable(), distance);
            Objective.Descended descended = objective.descend(all, passes);
            double scale = method instanceof Method.Lora lora ? lora.scale() : 1;
            SlowDecoder plain = new SlowDecoder(weights, model.trainable(), scale);
            Pair policy = new Pair(new Likelihood(plain), new Likelihood(base));
            assertThat(descended.loss()).isCloseTo(plainLoss.applyAsDouble(policy), within(1e-5));
            Rewards rewards = Objects.requireNonNull(descended.rewards());
            assertThat(rewards.accuracy()).isBetween(0.0, 1.0);
            for (FloatTensor gradient : model.gradients()) {
                double norm = Tensors.norm(gradient);
                for (int i = 3; i < gradient.elements(); i += 1 + (int) gradient.elements() / 3) {
                    double[] tensor = plain.tensor(gradient.name());
                    double value = tensor[i];
                    tensor[i] = value + STEP;
                    double above = plainLoss.applyAsDouble(policy);
                    tensor[i] = value - STEP;
                    double below = plainLoss.applyAsDouble(policy);
                    tensor[i] = value;
                    assertThat((double) gradient.get(i)).as(gradient.name() + " " + i)
                            .isCloseTo((above - below) / (2 * STEP), within(2e-4 * norm + 1e-7));
                }
            }
        }
    }

    /// Log-likelihood of an answer that is run alone.
    private record Likelihood(SlowDecoder decoder) {
        double apply(int[] prompt, int[] answer) {
            int length = prompt.length + answer.length - 1;
            int[] ids = Arrays.copyOf(prompt, length);
            System.arraycopy(answer, 0, ids, prompt.length, answer.length - 1);
            int[] positions = IntStream.range(0, length).toArray();
            float[] ones = new float[answer.length];
            Arrays.fill(ones, 1);
            return -decoder.loss(new PackedBatch(ids, positions, List.of(new Segment(0, length, Segment.NONE)),
                    Arrays.copyOfRange(positions, prompt.length - 1, length), answer, ones));
        }
    }

    private record Pair(Likelihood model, Likelihood base) {
        double ratio(int[] prompt, int[] answer) {
            return model.apply(prompt, answer) - base.apply(prompt, answer);
        }
    }

    private static List<Method> methods() {
        return List.of(new Method.Lora(3, 6, LoraTargets.ALL_LINEAR), new Method.Full());
    }

    private static Recipe recipe(Method method, Procedure procedure) {
        return TinyTask.recipe(method, Precision.FP32, 1).withProcedure(procedure);
    }

    /// Prompts that share a beginning of nine tokens; answers of different lengths, some of which
    /// begin alike.
    private static List<AnswerPair> pairs(int count) {
        Random random = new Random(8);
        List<AnswerPair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] prompt = random.ints(11 + i % 3, 2, 40).toArray();
            Arrays.setAll(prompt, t -> t < 9 ? 20 + t : prompt[t]);
            int[] chosen = random.ints(2 + i % 4, 2, 40).toArray();
            int[] rejected = random.ints(3 + (i + 1) % 3, 2, 40).toArray();
            rejected[0] = i % 2 == 0 ? chosen[0] : rejected[0];
            pairs.add(new AnswerPair(new TokenizedExample("e" + i, prompt, chosen), rejected));
        }
        return pairs;
    }

    private static void move(List<FloatTensor> tensors, double distance) {
        Random random = new Random(9);
        for (FloatTensor tensor : tensors) {
            for (long i = 0; i < tensor.elements(); i++) {
                tensor.values().set(ValueLayout.JAVA_FLOAT_UNALIGNED, i * Float.BYTES,
                        tensor.get(i) + (float) (distance * random.nextGaussian()));
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double logSigmoid(double x) {
        return -Math.log(1 + Math.exp(-x));
    }
}
