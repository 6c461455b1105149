package trex.gui.inspector;

import static trex.gui.text.Visibility.showIf;
import static trex.gui.text.Visibility.showWhile;

import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TitledPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import trex.gui.text.Figures;
import trex.gui.text.Texts;
import trex.model.NodeState;
import trex.model.Strategy;

/// Binds the inspector's view to its view model.
public final class InspectorController {
    private final InspectorViewModel model;
    private final Texts texts = Texts.beside(InspectorController.class);
    private @Nullable Strategy shownStrategy;

    @FXML private VBox empty;
    @FXML private VBox content;
    @FXML private Label heading;
    @FXML private Label state;
    @FXML private Node scoreRow;
    @FXML private Label score;
    @FXML private Label standing;
    @FXML private ScrollPane scroll;
    @FXML private VBox noteBox;
    @FXML private Label note;
    @FXML private Label hypothesis;
    @FXML private Label origin;
    @FXML private VBox evidenceBox;
    @FXML private VBox evidence;
    @FXML private VBox recipeBox;
    @FXML private FlowPane variants;
    @FXML private VBox changes;
    @FXML private TitledPane editorPane;
    @FXML private VBox runsBox;
    @FXML private VBox runs;
    @FXML private VBox choiceBox;
    @FXML private Label choiceReason;
    @FXML private VBox candidates;
    @FXML private VBox verdictBox;
    @FXML private Label waiting;
    @FXML private VBox rejectBox;
    @FXML private TextArea reason;
    @FXML private Label verdictError;
    @FXML private Button approve;
    @FXML private Button reject;
    @FXML private Button cancelReject;

    public InspectorController(InspectorViewModel model) {
        this.model = model;
    }

    @FXML
    private void initialize() {
        heading.textProperty().bind(model.headingProperty());
        score.textProperty().bind(model.scoreProperty());
        standing.textProperty().bind(model.standingProperty());
        waiting.textProperty().bind(model.waitingProperty());
        reason.textProperty().bindBidirectional(model.rejectReasonProperty());
        verdictError.textProperty().bind(model.verdictErrorProperty());
        showWhile(scoreRow, model.scoreProperty().isNotEmpty());
        showWhile(verdictBox, model.decidableProperty());
        showWhile(rejectBox, model.rejectingProperty());
        showWhile(verdictError, model.verdictErrorProperty().isNotEmpty());
        showWhile(cancelReject, model.rejectingProperty());
        showWhile(approve, Bindings.not(model.rejectingProperty()));
        reject.textProperty().bind(Bindings.when(model.rejectingProperty())
                .then(texts.get("reject.now")).otherwise(texts.get("reject")));
        model.nodeProperty().subscribe(this::show);
        model.editors().addListener((ListChangeListener<RecipeEditorViewModel>) _ -> showVariants());
        model.variantProperty().addListener((_, _, now) -> {
            for (int i = 0; i < variants.getChildren().size(); i++) {
                ((ToggleButton) variants.getChildren().get(i)).setSelected(i == now.intValue());
            }
            showEditor();
        });
        model.decidableProperty().addListener((_, _, _) -> showEditor());
        model.leftBehindProperty().addListener((_, _, _) -> show(model.nodeProperty().get()));
        model.changes().addListener((ListChangeListener<Object>) _ -> showChanges());
        model.runs().addListener((ListChangeListener<RunRow>) _ -> showRuns());
        editorPane.expandedProperty().addListener((_, _, _) -> fillEditor());
        showVariants();
        showRuns();
    }

    @FXML
    private void approve() {
        model.approve();
    }

    @FXML
    private void reject() {
        if (model.rejectingProperty().get()) {
            model.reject();
        } else {
            model.rejectingProperty().set(true);
            reason.requestFocus();
        }
    }

    @FXML
    private void cancelReject() {
        model.cancelReject();
    }

    private void show(trex.model.@Nullable Node node) {
        showIf(empty, node == null);
        showIf(content, node != null);
        if (node == null) {
            return;
        }
        state.setText(model.leftBehindProperty().get() && node.state() == NodeState.RUNNING ? texts.get("state.interrupted")
                : Figures.words(node.state()));
        for (NodeState each : NodeState.values()) {
            state.pseudoClassStateChanged(PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)), each == node.state());
        }
        showNote(node);
        if (!node.strategy().equals(shownStrategy)) {
            shownStrategy = node.strategy();
            showStrategy(node.strategy());
            showChoice(node);
            scroll.setVvalue(0);
        }
    }

    private void showNote(trex.model.Node node) {
        String text = noteOn(node);
        note.setText(text);
        showIf(noteBox, !text.isBlank());
        noteBox.pseudoClassStateChanged(PseudoClass.getPseudoClass("failed"), node.state() == NodeState.FAILED);
    }

    private String noteOn(trex.model.Node node) {
        if (model.leftBehindProperty().get()) {
            return texts.get(node.state() == NodeState.PROPOSED ? "note.resume" : "note.interrupted");
        }
        return node.pruned() ? (node.note() + "\n" + texts.get("note.pruned")).strip() : node.note();
    }

    private void showStrategy(Strategy strategy) {
        hypothesis.setText(strategy.hypothesis());
        origin.setText(texts.get("origin", Figures.words(strategy.direction()), strategy.proposedBy()));
        showIf(evidenceBox, !strategy.evidence().isEmpty());
        evidence.getChildren().setAll(strategy.evidence().stream()
                .map(e -> lines(e.id() + "  " + e.statement(), e.source())).toList());
    }

    private static VBox lines(String statement, String source) {
        Label first = new Label(statement);
        first.setWrapText(true);
        Label second = new Label(source);
        second.setWrapText(true);
        second.getStyleClass().add("hint");
        VBox box = new VBox(1, first, second);
        box.getStyleClass().add("quote");
        return box;
    }

    private void showChoice(trex.model.Node node) {
        showIf(choiceBox, node.choice() != null);
        if (node.choice() == null) {
            return;
        }
        choiceReason.setText(node.choice().reason());
        candidates.getChildren().setAll(CandidateTable.of(node.choice(), texts));
    }

    private void showVariants() {
        variants.getChildren().clear();
        ToggleGroup group = new ToggleGroup();
        int count = model.editors().size();
        showIf(recipeBox, count > 0);
        for (int i = 0; i < count && count > 1; i++) {
            int index = i;
            ToggleButton button = new ToggleButton(Integer.toString(i + 1));
            button.getStyleClass().add("small");
            button.setToggleGroup(group);
            button.setSelected(i == model.variantProperty().get());
            button.setOnAction(_ -> model.variantProperty().set(index));
            variants.getChildren().add(button);
        }
        showEditor();
        showChanges();
    }

    private void showEditor() {
        int index = model.variantProperty().get();
        if (index < model.editors().size()) {
            boolean editable = model.decidableProperty().get();
            editorPane.setContent(null);
            editorPane.setText(texts.get(editable ? "recipe.edit" : "recipe.all"));
            editorPane.setExpanded(editable);
            fillEditor();
        }
    }

    /// The editor has many controls: it is made once it is looked at, not for every node passed by.
    private void fillEditor() {
        int index = model.variantProperty().get();
        if (editorPane.isExpanded() && editorPane.getContent() == null && index < model.editors().size()) {
            editorPane.setContent(new RecipeEditor(model.editors().get(index), model.decidableProperty().get(), texts));
        }
    }

    private void showChanges() {
        List<Node> rows = ChangeTable.of(model.changes(), texts.get("changes.none"));
        changes.getChildren().setAll(rows);
        boolean edited = model.editors().stream().anyMatch(RecipeEditorViewModel::isEdited);
        approve.setText(texts.get(edited ? "approve.edited" : "approve"));
    }

    private void showRuns() {
        showIf(runsBox, !model.runs().isEmpty());
        runs.getChildren().setAll(model.runs().stream().map(InspectorController::runLine).toList());
    }

    private static VBox runLine(RunRow row) {
        VBox box = lines(row.outcome(), row.cost().isEmpty() ? row.name() : row.name() + "  ·  " + row.cost());
        box.pseudoClassStateChanged(PseudoClass.getPseudoClass("failed"), row.failed());
        return box;
    }
}
