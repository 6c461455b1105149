package trex.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenFieldsTest {
    private static final Recipe PLAIN = SampleStudy.recipe().withData(new DataRecipe(List.of(new DataOperator.Sample(9))));

    @Test
    void aFilterIsWrittenOutAndTakenAway() {
        Recipe dropping = RecipeField.named("filterPattern").with(PLAIN, "drop https?://");
        assertThat(dropping.data().operators())
                .containsExactly(new DataOperator.FilterPattern("https?://", false), new DataOperator.Sample(9));
        assertThat(RecipeField.named("filterPattern").text(dropping)).isEqualTo("drop https?://");
        assertThat(dropping.differenceFrom(PLAIN)).containsExactly(new FieldChange("filterPattern", "no", "drop https?://"));
        Recipe keeping = RecipeField.named("filterPattern").with(dropping, "keep ^Q: ");
        assertThat(keeping.data().find(DataOperator.FilterPattern.class)).contains(new DataOperator.FilterPattern("^Q:", true));
        assertThat(RecipeField.named("filterPattern").with(keeping, "no")).isEqualTo(PLAIN);
    }

    @Test
    void weightsAreWrittenByFileName() {
        Recipe weighted = RecipeField.named("weightSources").with(PLAIN, "small.tsv = 1, big file.tsv=2.5");
        assertThat(weighted.data().find(DataOperator.WeightSources.class))
                .contains(new DataOperator.WeightSources(Map.of("big file.tsv", 2.5, "small.tsv", 1.0)));
        assertThat(RecipeField.named("weightSources").text(weighted)).isEqualTo("big file.tsv=2.5, small.tsv=1");
        assertThat(RecipeField.named("weightSources").with(weighted, RecipeField.named("weightSources").text(weighted)))
                .isEqualTo(weighted);
        assertThat(RecipeField.named("weightSources").with(weighted, "no")).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"filterPattern | https | it says neither keep nor drop",
        "filterPattern | keep ( | is no regular expression", "weightSources | a.tsv | is no file name with its weight",
        "weightSources | a.tsv=1, a.tsv=2 | a.tsv is named twice", "weightSources | a.tsv=0 | must be above 0"})
    void whatCannotBeReadIsRefusedWithTheForm(String field, String words, String reason) {
        assertThatThrownBy(() -> RecipeField.named(field).with(PLAIN, words)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field + " must be no").hasMessageContaining("got \"" + words + "\"")
                .hasMessageContaining(reason);
    }

    @Test
    void severalFiltersAreLeftToTheRecipesOwnWords() {
        Recipe both = PLAIN.withData(new DataRecipe(List.of(new DataOperator.FilterPattern("a", true),
                new DataOperator.FilterPattern("b", false))));
        assertThat(RecipeField.named("filterPattern").applies(both)).isFalse();
    }

    @Test
    void noSpaceVariesThem() {
        assertThatThrownBy(() -> RecipeField.named("filterPattern").refuseImpossible(new Choices(List.of("no", "keep a"))))
                .hasMessage("space: filterPattern is written out and not varied; let the start recipe have it");
    }
}
