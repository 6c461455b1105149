package trex.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcedureFieldsTest {
    private static final Recipe PLAIN = new Recipe(new DataRecipe(List.of()), new Method.Lora(8, 16, LoraTargets.MLP),
            new Optimization(1e-3, 1, 16, 1, 0, Schedule.COSINE, 0, 1), LossOn.COMPLETION, 256, 1, Precision.FP32, 1);

    @ParameterizedTest
    @ValueSource(strings = {"supervised", "continued_pretraining", "dpo", "ipo", "simpo", "kto"})
    void aProcedureIsReadBackByItsName(String name) {
        Recipe changed = RecipeField.named("procedure").with(PLAIN, name);
        assertThat(RecipeField.named("procedure").text(changed)).isEqualTo(name);
        assertThat(RecipeField.named("procedure").with(changed, name)).isEqualTo(changed);
    }

    @ParameterizedTest
    @CsvSource({"supervised, lossOn", "dpo, beta", "ipo, beta", "simpo, beta margin", "kto, beta desirable undesirable",
        "continued_pretraining, ''"})
    void onlyTheFieldsOfTheProcedureApply(String name, String fields) {
        Recipe changed = RecipeField.named("procedure").with(PLAIN, name);
        List<String> applying = new ArrayList<>();
        for (String field : List.of("lossOn", "beta", "margin", "desirable", "undesirable")) {
            if (RecipeField.named(field).applies(changed)) {
                applying.add(field);
                assertThat(RecipeField.named(field).with(changed, RecipeField.named(field).text(changed))).isEqualTo(changed);
            }
        }
        assertThat(String.join(" ", applying)).isEqualTo(fields);
    }

    @Test
    void thePublishedRatesOfPreferencesCanBeEntered() {
        Recipe changed = RecipeField.named("learningRate").with(PLAIN, "5e-7"); // Rafailov et al. 2023, arXiv 2305.18290
        assertThat(changed.optimization().learningRate()).isEqualTo(5e-7);
        assertThat(RecipeField.named("learningRate").text(changed)).isEqualTo("5e-7");
        assertThat(RecipeField.named("learningRate").with(changed, "1e-8").optimization().learningRate()).isEqualTo(1e-8);
        assertThatThrownBy(() -> RecipeField.named("learningRate").with(PLAIN, "9e-9"))
                .hasMessage("learningRate must be 1e-8..0.1, got 9e-9");
    }

    @Test
    void aFieldOfAnotherProcedureIsRefusedByName() {
        assertThatThrownBy(() -> RecipeField.named("margin").with(PLAIN, "1"))
                .hasMessage("margin has a meaning in the procedure simpo only");
        assertThatThrownBy(() -> RecipeField.named("beta").with(PLAIN, "1")).hasMessageContaining("dpo, ipo, simpo or kto only");
    }

    @ParameterizedTest
    @CsvSource({"dpo, ANSWERED, 'the procedure dpo cannot learn from rows with an answer each; choose supervised'",
        "supervised, TEXT, 'the procedure supervised cannot learn from rows with plain text; choose continued_pretraining'",
        "supervised, RATED, 'the procedure supervised cannot learn from rows with an answer each that is rated good or bad; choose kto'",
        "continued_pretraining, COMPARED, 'choose supervised, dpo, ipo, simpo or kto'"})
    void aProcedureThatDoesNotFitTheRowsSaysWhichDo(String name, RowForm form, String reason) {
        assertThat(RecipeField.named("procedure").with(PLAIN, name).procedure().refusal(form).orElseThrow()).contains(reason);
    }
}
