package trex.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trex.lm.LanguageModel;
import trex.model.Checkpoint;
import trex.model.LossOn;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Optimizer;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.Selection;

/// A training whose process goes away at any moment: before, between and after steps and
/// measurements, and while a checkpoint is written or deleted.
@Tag("slow")
class KillPointsTest {
    private static final int KILLS = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void aTrainingKilledAtAnyMomentGoesOnToTheSameBits(Optimizer optimizer) throws Exception {
        Recipe start = TinyTask.recipe(new Method.Lora(4, 8, LoraTargets.ALL_LINEAR), Precision.FP32, 3);
        Recipe recipe = start.withValidations(8).withSelection(new Selection(6, 3))
                .withOptimization(start.optimization().withOptimizer(optimizer));
        Death never = new Death(Integer.MAX_VALUE);
        TrainingResult.Finished whole = train(recipe, folder.resolve("whole"), never);
        Random random = new Random(17);
        for (int kill = 0; kill < KILLS; kill++) {
            Path place = folder.resolve("killed" + kill);
            Death death = new Death(random.nextInt(never.moments));
            assertThatThrownBy(() -> train(recipe, place, death)).isInstanceOf(Killed.class);
            TrainingResult.Finished resumed = train(recipe, place, new Death(Integer.MAX_VALUE));
            assertThat(resumed.best()).as("killed at moment %d of %d", death.last, never.moments)
                    .isEqualTo(whole.best());
            assertThat(resumed.checkpoint().step()).isEqualTo(whole.checkpoint().step());
            assertThat(adapter(resumed)).isEqualTo(adapter(whole));
        }
    }

    private static TrainingResult.Finished train(Recipe recipe, Path place, Death death) throws Exception {
        try (LanguageModel model =
                LanguageModel.tunable(TinyTask.weights(), recipe.precision(), recipe.method(), recipe.seed())) {
            return (TrainingResult.Finished) new TrainingLoop(recipe, tuned -> TinyTask.score(Math.exp(-loss(tuned))),
                            new Mortal(new FolderCheckpoints(place), death), () -> false, event -> death.maybe())
                    .run(model, SupervisedFineTuning.of(recipe, TinyTask.examples(64)));
        }
    }

    private static double loss(LanguageModel model) {
        return model.loss(Packing.of(TinyTask.examples(8).stream()
                .map(e -> LabelledExample.of(e, LossOn.COMPLETION, 64)).toList(), 1f / 16));
    }

    private static byte[] adapter(TrainingResult.Finished finished) throws IOException {
        return Files.readAllBytes(Path.of(finished.checkpoint().path()).resolve("adapter_model.safetensors"));
    }

    /// Nobody catches it on the way out.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /// Counts moments and ends everything at the last one.
    private static final class Death {
        private final int last;
        private int moments;

        Death(int last) {
            this.last = last;
        }

        void maybe() {
            if (moments++ == last) {
                throw new Killed();
            }
        }
    }

    /// Checkpoints whose writing and deleting can be cut off.
    private record Mortal(CheckpointFolder folder, Death death) implements CheckpointFolder {
        @Override
        public Checkpoint write(int step, Filling filling) throws IOException {
            death.maybe();
            Checkpoint written = folder.write(step, place -> {
                filling.into(place);
                death.maybe();
            });
            death.maybe();
            return written;
        }

        @Override
        public Optional<Checkpoint> newest() throws IOException {
            return folder.newest();
        }

        @Override
        public void delete(Checkpoint checkpoint) throws IOException {
            death.maybe();
            folder.delete(checkpoint);
            death.maybe();
        }
    }
}
