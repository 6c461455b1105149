package trex.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.DataRecipe;
import trex.model.LoraTargets;
import trex.model.LossOn;
import trex.model.Method;
import trex.model.Optimization;
import trex.model.Optimizer;
import trex.model.Precision;
import trex.model.PreferenceLoss;
import trex.model.Procedure;
import trex.model.Recipe;
import trex.model.Schedule;
import trex.model.Selection;

class RecipeJsonTest {
    private static final Recipe PLAIN = new Recipe(new DataRecipe(List.of()), new Method.Lora(8, 16, LoraTargets.MLP),
            new Optimization(1e-3, 1, 16, 1, 0, Schedule.COSINE, 0, 1), LossOn.COMPLETION, 256, 1, Precision.FP32, 1);

    @Test
    void aRecipeWrittenBeforeThereWereOtherProceduresIsSupervised() throws Exception {
        ObjectNode old = Json.mapper().valueToTree(PLAIN);
        old.remove(List.of("procedure", "selection", "gradientCheckpointing"));
        ((ObjectNode) old.get("optimization")).remove(List.of("optimizer", "noise"));
        assertThat(Json.mapper().treeToValue(old, Recipe.class)).isEqualTo(PLAIN);
    }

    @Test
    void noiseIsReadBackAsItWasWritten() throws Exception {
        Recipe noisy = PLAIN.withOptimization(PLAIN.optimization().withNoise(5));
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(noisy), Recipe.class)).isEqualTo(noisy);
    }

    @Test
    void everyPartIsReadBackAsItWasWritten() throws Exception {
        Recipe rich = PLAIN
                .withProcedure(new Procedure.Preference(PreferenceLoss.SIMPO, 2, 1))
                .withSelection(new Selection(3, 4))
                .withOptimization(PLAIN.optimization().withOptimizer(Optimizer.ADAFACTOR));
        Recipe noisy = PLAIN.withOptimization(PLAIN.optimization().withNoise(5));
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(rich), Recipe.class)).isEqualTo(rich);
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(noisy), Recipe.class)).isEqualTo(noisy);
    }
}
