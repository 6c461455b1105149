package trex.gui.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trex.gui.Samples;
import trex.model.ChoiceField;
import trex.model.FieldGroup;
import trex.model.LossOn;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.RecipeField;

class RecipeEditorViewModelTest {
    private final Folds folds = new Folds();
    private final RecipeEditorViewModel editor = editor(Samples.recipe());

    @Test
    void everyFieldStandsInOneGroup() {
        assertThat(editor.groups().stream().flatMap(g -> g.fields().stream()))
                .hasSameSizeAs(RecipeField.all()).hasSameElementsAs(editor.fields());
    }

    @Test
    void aRarelyUsedFieldIsFoldedUntilItSaysSomethingOrIsAskedFor() {
        FieldViewModel balance = editor.field("balance");
        assertThat(balance.shownProperty().get()).isFalse();
        group(FieldGroup.DATA).wholeProperty().set(true);
        assertThat(balance.shownProperty().get()).isTrue();
        balance.textProperty().set("yes");
        group(FieldGroup.DATA).wholeProperty().set(false);
        assertThat(balance.shownProperty().get()).isTrue();
        assertThat(editor.field("augment").shownProperty().get()).isFalse();
    }

    @Test
    void aFieldWithoutAMeaningIsNotShown() {
        editor.field("method").textProperty().set("full");
        assertThat(editor.field("rank").shownProperty().get()).isFalse();
        assertThat(editor.validProperty().get()).isTrue();
        assertThat(editor.recipeProperty().get().method()).isInstanceOf(Method.Full.class);
        editor.field("method").textProperty().set("lora");
        assertThat(editor.field("rank").shownProperty().get()).isTrue();
        assertThat(editor.recipeProperty().get()).isEqualTo(Samples.recipe());
    }

    @Test
    void aGroupCountsWhatIsChangedAndWhatIsWrongAndOpensForIt() {
        GroupViewModel machine = group(FieldGroup.MACHINE);
        assertThat(machine.openProperty().get()).isFalse();
        editor.field("precision").textProperty().set("fp64");
        assertThat(machine.openProperty().get()).isTrue();
        assertThat(machine.wrongProperty().get()).isEqualTo(1);
        assertThat(editor.validProperty().get()).isFalse();
        editor.field("precision").textProperty().set("fp32");
        assertThat(machine.wrongProperty().get()).isZero();
        assertThat(machine.changedProperty().get()).isEqualTo(1);
    }

    @Test
    void theNextRecipeIsFoldedAsThePersonLeftThisOne() {
        group(FieldGroup.METHOD).openProperty().set(false);
        group(FieldGroup.DATA).wholeProperty().set(true);
        RecipeEditorViewModel next = editor(Samples.recipe());
        assertThat(next.groups().get(1).openProperty().get()).isFalse();
        assertThat(next.field("balance").shownProperty().get()).isTrue();
        RecipeEditorViewModel changed = editor(Samples.with(Samples.recipe(), "rank", "16"));
        assertThat(changed.groups().get(1).openProperty().get()).as("a change is never hidden").isTrue();
    }

    @Test
    void aRangeOfTheMissionIsKept() {
        editor.field("learningRate").textProperty().set("0.05");
        assertThat(editor.field("learningRate").errorProperty().get()).contains("in this mission").contains("0.05");
        assertThat(editor.recipeProperty().get()).isEqualTo(Samples.recipe());
    }

    @Test
    void theSameNumberWrittenOtherwiseIsNoChange() {
        editor.field("rank").textProperty().set("8.0");
        assertThat(editor.field("rank").changedProperty().get()).isFalse();
        assertThat(editor.isEdited()).isFalse();
    }

    @Test
    void ofTwoFieldsThatDoNotGoTogetherTheOneEditedLastIsNamed() {
        RecipeEditorViewModel pair = new RecipeEditorViewModel(rivals(), Samples.recipe(), Samples.recipe(), Samples.mission(), folds);
        pair.field("second").textProperty().set("all");
        assertThat(pair.validProperty().get()).isTrue();
        pair.field("first").textProperty().set("bf16");
        assertThat(pair.field("first").errorProperty().get()).isEqualTo("bf16 does not go with all");
        assertThat(pair.field("second").errorProperty().get()).isEmpty();
        pair.field("second").textProperty().set("completion");
        assertThat(pair.validProperty().get()).isTrue();
        assertThat(pair.recipeProperty().get().precision()).isEqualTo(Precision.BF16);
    }

    @Test
    void whatOneFieldForbidsIsTakenOnceTheOtherHasMadeRoom() {
        Recipe start = Samples.recipe().withLossOn(LossOn.ALL);
        RecipeEditorViewModel pair = new RecipeEditorViewModel(rivals(), start, start, Samples.mission(), folds);
        pair.field("first").textProperty().set("bf16");
        assertThat(pair.field("first").errorProperty().get()).isEqualTo("bf16 does not go with all");
        pair.field("second").textProperty().set("completion");
        assertThat(pair.fields()).allMatch(f -> f.errorProperty().get().isEmpty());
        assertThat(pair.recipeProperty().get().precision()).isEqualTo(Precision.BF16);
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedInOneSentenceWhereItWasEdited() {
        editor.field("base").textProperty().set("nf4");
        assertThat(editor.validProperty().get()).isTrue();
        editor.field("init").textProperty().set("principal");
        assertThat(editor.field("init").errorProperty().get()).contains("choose init = random or base = none");
        editor.field("init").textProperty().set("random");
        editor.field("procedure").textProperty().set("dpo");
        assertThat(editor.field("procedure").errorProperty().get())
                .isEqualTo("the procedure dpo cannot learn from rows with an answer each; choose supervised or "
                        + "continued_pretraining, or give data.template.rejected or rating");
        editor.field("procedure").textProperty().set("supervised");
        assertThat(editor.validProperty().get()).isTrue();
    }

    private RecipeEditorViewModel editor(Recipe recipe) {
        return new RecipeEditorViewModel(recipe, Samples.recipe(), Samples.mission(), folds);
    }

    private GroupViewModel group(FieldGroup group) {
        return editor.groups().stream().filter(g -> g.group() == group).findFirst().orElseThrow();
    }

    /// Two fields whose values bf16 and all exclude one another.
    private static List<RecipeField> rivals() {
        return List.of(
                new ChoiceField("first", "", FieldGroup.MACHINE, List.of("auto", "bf16"),
                        r -> r.precision() == Precision.BF16 ? "bf16" : "auto",
                        (r, v) -> friendly(r.withPrecision(v.equals("bf16") ? Precision.BF16 : Precision.AUTO))),
                new ChoiceField("second", "", FieldGroup.PROCEDURE, List.of("completion", "all"),
                        r -> r.lossOn() == LossOn.ALL ? "all" : "completion",
                        (r, v) -> friendly(r.withLossOn(v.equals("all") ? LossOn.ALL : LossOn.COMPLETION))));
    }

    private static Recipe friendly(Recipe recipe) {
        if (recipe.precision() == Precision.BF16 && recipe.lossOn() == LossOn.ALL) {
            throw new IllegalArgumentException("bf16 does not go with all");
        }
        return recipe;
    }
}
