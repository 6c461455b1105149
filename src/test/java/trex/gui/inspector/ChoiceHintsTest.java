package trex.gui.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trex.gui.text.Texts;
import trex.model.ChoiceField;
import trex.model.RecipeField;

/// What the recipe editor says beside a value is about a value that there is.
class ChoiceHintsTest {
    private final Texts texts = Texts.beside(RecipeEditor.class);

    @Test
    void everyMethodProcedureAndOptimizerIsExplained() {
        assertThat(Stream.of("method", "procedure", "optimizer", "schedule", "base").flatMap(ChoiceHintsTest::keys))
                .allSatisfy(key -> assertThat(texts.find(key)).isPresent());
    }

    @Test
    void noHintSpeaksOfAValueThatThereIsNot() {
        List<String> known = RecipeField.all().stream().filter(ChoiceField.class::isInstance)
                .flatMap(field -> keys(field.name())).toList();
        assertThat(texts.bundle().keySet().stream().filter(key -> key.matches("choice\\..+\\..+"))).isSubsetOf(known);
    }

    private static Stream<String> keys(String field) {
        return ((ChoiceField) RecipeField.named(field)).choices().stream().map(value -> "choice." + field + "." + value);
    }
}
