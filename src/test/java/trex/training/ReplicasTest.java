package trex.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trex.lm.ComputeDevice;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.lm.PackedBatch;
import trex.lm.UnreadableModel;
import trex.model.LoraInit;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.RunEvent;

/// Several devices, played by the processor several times: one of the library's own memory, others with
/// memory apart.
class ReplicasTest {
    private static final List<ComputeDevice> ONE = List.of(ComputeDevice.PROCESSOR);
    private static final List<ComputeDevice> TWO = List.of(ComputeDevice.PROCESSOR, ComputeDevice.PROCESSOR);
    private static final List<ComputeDevice> APART = Collections.nCopies(3, ComputeDevice.STAND_IN);

    @TempDir Path folder;

    static Stream<Method> methods() {
        Method.Lora lora = new Method.Lora(4, 8, LoraTargets.ALL_LINEAR);
        return Stream.of(lora, lora.withMagnitudes(true), lora.withInit(LoraInit.PRINCIPAL), new Method.Full());
    }

    /// What a training came to.
    private record Told(List<RunEvent.Step> steps, List<float[]> weights) {}

    @ParameterizedTest
    @MethodSource("methods")
    void severalDevicesTrainAsOneDoes(Method method) throws Exception {
        Told one = train(method, ONE, "one", Integer.MAX_VALUE);
        for (List<ComputeDevice> devices : List.of(TWO, APART)) {
            Told several = train(method, devices, "several" + devices.size(), Integer.MAX_VALUE);
            assertThat(several.steps).hasSameSizeAs(one.steps);
            for (int i = 0; i < one.steps.size(); i++) {
                assertThat(several.steps.get(i).loss()).isCloseTo(one.steps.get(i).loss(), within(1e-3));
                assertThat(several.steps.get(i).gradientNorm())
                        .isCloseTo(one.steps.get(i).gradientNorm(), within(1e-3 + 1e-2 * one.steps.get(i).gradientNorm()));
            }
            assertThat(several.steps.getFirst().loss()).isCloseTo(one.steps.getFirst().loss(), within(1e-6));
        }
    }

    @Test
    void theSameDevicesGiveTheSameBits() throws Exception {
        Method full = new Method.Full();
        assertThat(train(full, TWO, "first", Integer.MAX_VALUE).weights)
                .usingRecursiveComparison().isEqualTo(train(full, TWO, "second", Integer.MAX_VALUE).weights);
    }

    @Test
    void aRunOnSeveralThatIsStoppedAndResumedReachesTheSameBits() throws Exception {
        Method lora = methods().skip(2).findFirst().orElseThrow();
        Told undisturbed = train(lora, APART, "whole", Integer.MAX_VALUE);
        train(lora, APART, "parts", 3);
        assertThat(train(lora, APART, "parts", Integer.MAX_VALUE).weights)
                .usingRecursiveComparison().isEqualTo(undisturbed.weights);
    }

    /// As a checkpoint of another machine has it.
    @Test
    void allDevicesTakeOverAnotherStartOfTheLeaders() throws Exception {
        Recipe recipe = TinyTask.recipe(methods().skip(2).findFirst().orElseThrow(), Precision.FP32, 1);
        SupervisedFineTuning objective = SupervisedFineTuning.of(recipe, TinyTask.examples(8));
        PackedBatch batch = Packing.of(objective.sequences(), 1);
        try (Replicas replicas = Replicas.open(TWO, device -> model(device, recipe))) {
            List<FloatTensor> other = replicas.leader().start().stream().map(ReplicasTest::halved).toList();
            float[] before = replicas.leader().score(batch);
            replicas.leader().departFrom(other);
            float[] departed = replicas.leader().score(batch);
            assertThat(departed).isNotEqualTo(before);
            replicas.align();
            assertThat(replicas.each(2, (model, _) -> model.score(batch))).allSatisfy(
                    scores -> assertThat(scores).containsExactly(departed, within(1e-6f)));
        }
    }

    private static FloatTensor halved(FloatTensor tensor) {
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] /= 2;
        }
        return new FloatTensor(tensor.name(), tensor.shape(), values);
    }

    @Test
    void theGradientOfAStepIsThatOfOneDevice() throws Exception {
        Recipe recipe = TinyTask.recipe(new Method.Full(), Precision.FP32, 1);
        SupervisedFineTuning objective = SupervisedFineTuning.of(recipe, TinyTask.examples(8));
        int[] chosen = {0, 1, 2, 3, 4, 5, 6};
        try (LanguageModel alone = model(ComputeDevice.PROCESSOR, recipe);
                Replicas replicas = Replicas.open(APART, device -> model(device, recipe))) {
            alone.optimizer();
            replicas.leader().optimizer();
            double expected = objective.descend(chosen, new SimplePasses(alone)).loss();
            double found = objective.descend(chosen, new SharedPasses(replicas)).loss();
            replicas.gather();
            assertThat(found).isCloseTo(expected, within(1e-6));
            List<FloatTensor> gradients = replicas.leader().gradients();
            for (int i = 0; i < gradients.size(); i++) {
                assertThat(gradients.get(i).toArray()).as(gradients.get(i).name())
                        .containsExactly(alone.gradients().get(i).toArray(), within(1e-6f));
            }
        }
    }

    @Test
    void aFaultOnOneDeviceIsTheRuns() throws Exception {
        Recipe recipe = TinyTask.recipe(new Method.Full(), Precision.FP32, 1);
        try (Replicas replicas = Replicas.open(TWO, device -> model(device, recipe))) {
            assertThatThrownBy(() -> replicas.each(2, (_, part) -> {
                if (part == 1) {
                    throw new IllegalStateException("out of memory");
                }
                return part;
            })).isInstanceOf(IllegalStateException.class).hasMessage("out of memory");
        }
    }

    private record SharedPasses(Replicas replicas) implements Passes {
        @Override
        public int lanes() {
            return replicas.size();
        }

        @Override
        public List<float[]> score(List<PackedBatch> batches) {
            return replicas.each(batches.size(), (model, i) -> model.score(batches.get(i)));
        }

        @Override
        public double grads(List<PackedBatch> batches) {
            return replicas.each(batches.size(), (model, i) -> model.grads(batches.get(i), false)).stream()
                    .mapToDouble(loss -> loss).sum();
        }
    }

    private static LanguageModel model(ComputeDevice device, Recipe recipe) throws UnreadableModel {
        return LanguageModel.tunable(TinyTask.weights(), device, recipe.precision(), recipe.method(), recipe.seed());
    }

    private Told train(Method method, List<ComputeDevice> devices, String name, int stopAfter) throws Exception {
        Recipe recipe = TinyTask.recipe(method, Precision.FP32, 2);
        List<RunEvent.Step> steps = new ArrayList<>();
        try (Replicas replicas = Replicas.open(devices, device -> model(device, recipe))) {
            new TrainingLoop(recipe, _ -> TinyTask.score(0.5), new FolderCheckpoints(folder.resolve(name)),
                    () -> steps.size() >= stopAfter, event -> {
                        if (event instanceof RunEvent.Step step) {
                            steps.add(step);
                        }
                    }).run(replicas, SupervisedFineTuning.of(recipe, TinyTask.examples(30)));
            return new Told(steps, replicas.leader().trainable().stream().map(FloatTensor::toArray).toList());
        }
    }
}
