package trex.gui.shell;

import static trex.gui.text.Visibility.showIf;

import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import trex.gui.action.ActionRegistry;
import trex.gui.study.StudyViewModel;
import trex.gui.text.Figures;
import trex.gui.text.Texts;
import trex.gui.tree.Minimap;
import trex.gui.tree.TreeCanvas;
import trex.model.RunEvent;
import trex.model.Score;
import trex.model.StudyResult;

/// The search tree with what lies over it: minimap, zoom, result, toast, and what to do while it is
/// empty.
final class TreePane extends StackPane {
    private static final PseudoClass DOUBTFUL = PseudoClass.getPseudoClass("doubtful");

    private final Texts texts;
    private final Toast toast = new Toast();
    private final Label result = new Label();
    private final Label emptyTitle = new Label();
    private final Label emptyHint = new Label();
    private final Button emptyAction;
    private final VBox empty;

    TreePane(TreeCanvas tree, Minimap minimap, ActionRegistry actions, Texts texts) {
        this.texts = texts;
        getStyleClass().add("tree-pane");
        setMinSize(0, 0);
        emptyAction = actions.button("new");
        emptyAction.setId("empty-new");
        emptyAction.getStyleClass().add("accent");
        empty = new VBox(10, icon(), emptyTitle, emptyHint, emptyAction);
        empty.setId("tree-empty");
        empty.setAlignment(Pos.CENTER);
        empty.setMaxSize(420, Region.USE_PREF_SIZE);
        emptyTitle.getStyleClass().add("empty-title");
        emptyHint.getStyleClass().add("hint");
        emptyHint.setWrapText(true);
        emptyHint.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
        result.setId("result");
        result.getStyleClass().add("result");
        HBox zoom = new HBox(4, tool(actions, "zoom-in"), tool(actions, "zoom-out"), tool(actions, "fit"));
        zoom.setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        zoom.getStyleClass().add("zoom");
        getChildren().addAll(tree, at(minimap, Pos.BOTTOM_RIGHT), at(above(result, zoom), Pos.TOP_LEFT), empty,
                at(toast, Pos.BOTTOM_CENTER));
        refresh(null);
    }

    /// One row, so that a long sentence takes a second line instead of the place of the buttons. What is
    /// between them leaves the mouse to the tree.
    private static HBox above(Label sentence, HBox buttons) {
        sentence.setWrapText(true);
        Region between = new Region();
        between.setMouseTransparent(true);
        HBox.setHgrow(between, Priority.ALWAYS);
        HBox row = new HBox(12, sentence, between, buttons);
        row.setFillHeight(false);
        row.setMaxHeight(Region.USE_PREF_SIZE);
        row.setPickOnBounds(false);
        return row;
    }

    Toast toast() {
        return toast;
    }

    /// Brings the result and the empty state up to date.
    void refresh(@Nullable StudyViewModel study) {
        StudyResult ended = study == null ? null : study.resultProperty().get();
        result.setVisible(ended != null);
        result.setText(ended == null ? "" : sentence(ended));
        result.pseudoClassStateChanged(DOUBTFUL, ended != null && !isGain(ended));
        empty.setVisible(study == null || study.tree().isEmpty());
        showIf(emptyAction, study == null);
        if (study == null) {
            emptyTitle.setText(texts.get("empty.title"));
            emptyHint.setText(texts.get("empty.hint"));
            return;
        }
        RunEvent.Phase phase = study.phaseProperty().get();
        emptyTitle.setText(study.mission().name());
        emptyHint.setText(study.controlProperty().get() == null ? texts.get("empty.stopped")
                : phase == null ? texts.get("empty.preparing") : phase.text());
    }

    private String sentence(StudyResult ended) {
        StudyResult.Best best = ended.best();
        if (best == null) {
            return texts.get("result.none");
        }
        Score test = best.test();
        Score baseline = ended.baseline().test();
        return test == null || baseline == null
                ? texts.get("result.validation", best.node(), Figures.score(best.validation()))
                : texts.get("result.test", best.node(), Figures.score(test), Figures.score(baseline))
                        + (test.withinNoiseOf(baseline) ? texts.get("result.noise") : "");
    }

    /// Whether the best model is better on the test split, beyond what luck could explain.
    private static boolean isGain(StudyResult ended) {
        StudyResult.Best best = ended.best();
        Score test = best == null ? null : best.test();
        Score baseline = ended.baseline().test();
        return test != null && baseline != null && test.beats(baseline) && !test.withinNoiseOf(baseline);
    }

    private static Button tool(ActionRegistry actions, String id) {
        Button button = actions.button(id);
        button.setText(null);
        button.getStyleClass().addAll("small", "button-icon");
        return button;
    }

    private static FontIcon icon() {
        FontIcon icon = new FontIcon("mdal-account_tree");
        icon.getStyleClass().add("empty-icon");
        return icon;
    }

    private static Node at(Node node, Pos place) {
        StackPane.setAlignment(node, place);
        StackPane.setMargin(node, new Insets(12));
        return node;
    }
}
