package trex.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FilterFieldsTest {
    private static final Recipe PLAIN = SampleStudy.recipe().withData(new DataRecipe(List.of(new DataOperator.Sample(9))));

    @Test
    void eachFieldAddsItsOperatorAndTakesItAway() {
        assertThat(changed("clean", "markup").data().operators()).containsExactly(new DataOperator.Clean(true), new DataOperator.Sample(9));
        assertThat(changed("clean", "no")).isEqualTo(PLAIN);
        assertThat(changed("script", "cyrillic").data().find(DataOperator.FilterScript.class))
                .contains(new DataOperator.FilterScript("cyrillic", 0.5));
        assertThat(changed("script", "any")).isEqualTo(PLAIN);
    }

    @Test
    void shortestAndLongestAreOneFilter() {
        Recipe both = RecipeField.named("longest").with(changed("shortest", "5"), "80");
        assertThat(both.data().operators()).containsExactly(new DataOperator.FilterLength(5, 80), new DataOperator.Sample(9));
        assertThat(RecipeField.named("shortest").text(both)).isEqualTo("5");
        assertThat(RecipeField.named("longest").text(both)).isEqualTo("80");
        Recipe open = RecipeField.named("longest").with(both, "0");
        assertThat(RecipeField.named("longest").text(open)).isEqualTo("0");
        assertThat(RecipeField.named("shortest").with(open, "0")).isEqualTo(PLAIN);
        assertThatThrownBy(() -> RecipeField.named("longest").with(both, "3")).hasMessageContaining("min <= max");
    }

    @Test
    void aRecipesOwnShareAndItsRarerScriptStay() {
        Recipe own = PLAIN.withData(new DataRecipe(List.of(new DataOperator.FilterScript("Latin", 0.9))));
        assertThat(RecipeField.named("script").text(own)).isEqualTo("latin");
        assertThat(RecipeField.named("script").with(own, "greek").data().operators())
                .containsExactly(new DataOperator.FilterScript("greek", 0.9));
        Recipe rare = PLAIN.withData(new DataRecipe(List.of(new DataOperator.FilterScript("cherokee", 0.9))));
        assertThat(RecipeField.named("script").applies(rare)).isFalse();
    }

    private static Recipe changed(String field, String value) {
        return RecipeField.named(field).with(PLAIN, value);
    }
}
