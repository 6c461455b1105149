package trex.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChoosingFieldsTest {
    private static final Recipe PLAIN = SampleStudy.recipe();

    @Test
    void eachFieldAddsItsOperatorAndTakesItAway() {
        for (String field : List.of("select", "alike", "score", "generate")) {
            Recipe with = RecipeField.named(field).with(PLAIN, field.equals("alike") ? "0.3" : "7");
            assertThat(with.data().operators()).as(field).hasSize(PLAIN.data().operators().size() + 1);
            assertThat(RecipeField.named(field).text(with)).isEqualTo(field.equals("alike") ? "0.3" : "7");
            assertThat(RecipeField.named(field).with(with, "0")).isEqualTo(PLAIN);
        }
    }

    @Test
    void aPersonsOwnWordsAndPlaceStay() {
        Recipe own = PLAIN.withData(new DataRecipe(List.of(new DataOperator.GenerateRows(5, "rows about ships"),
                new DataOperator.ScoreRows("it rhymes", 3), new DataOperator.Sample(9))));
        Recipe changed = RecipeField.named("score").with(RecipeField.named("generate").with(own, "50"), "6");
        assertThat(changed.data().operators()).containsExactly(new DataOperator.GenerateRows(50, "rows about ships"),
                new DataOperator.ScoreRows("it rhymes", 6), new DataOperator.Sample(9));
    }

    @Test
    void whatRowsAreComparedByIsOneChoiceForAll() {
        RecipeField embedding = RecipeField.named("embedding");
        assertThat(embedding.applies(PLAIN)).isFalse();
        Recipe selecting = RecipeField.named("select").with(PLAIN, "10");
        assertThat(embedding.text(selecting)).isEqualTo("hashed");
        assertThat(selecting.data().asksModel()).isFalse();
        Recipe asking = RecipeField.named("alike").with(embedding.with(selecting, "model"), "0.2");
        assertThat(asking.data().find(DataOperator.DropAlike.class)).contains(new DataOperator.DropAlike(0.2, Embedding.MODEL));
        assertThat(asking.data().asksModel()).isTrue();
        assertThat(asking.data().withoutAsking()).isEqualTo(PLAIN.data());
    }
}
