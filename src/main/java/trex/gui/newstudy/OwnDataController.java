package trex.gui.newstudy;

import static trex.gui.text.Visibility.showIf;
import static trex.gui.text.Visibility.showWhile;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import trex.gui.dialog.Dialogs;
import trex.gui.newstudy.OwnDataViewModel.Need;
import trex.gui.newstudy.OwnDataViewModel.State;
import trex.gui.text.Texts;
import trex.model.Example;
import trex.model.Metric;

/// Binds the form that makes a mission of own data.
public final class OwnDataController {
    private static final double VALUE_WIDTH = 150;

    private final OwnDataViewModel model;
    private final Dialogs dialogs;
    private final Texts texts = Texts.beside(OwnDataController.class);

    @FXML private ProgressIndicator reading;
    @FXML private Label sentence;
    @FXML private VBox form;
    @FXML private ComboBox<TaskKind> kind;
    @FXML private Label kindHint;
    @FXML private VBox promptRow;
    @FXML private TextArea prompt;
    @FXML private FlowPane columns;
    @FXML private Label promptError;
    @FXML private Label answerName;
    @FXML private ComboBox<String> answer;
    @FXML private Label answerError;
    @FXML private VBox rejectedRow;
    @FXML private ComboBox<String> rejected;
    @FXML private Label rejectedError;
    @FXML private VBox ratingRow;
    @FXML private ComboBox<String> rating;
    @FXML private Label ratingError;
    @FXML private VBox wordsRow;
    @FXML private VBox words;
    @FXML private Label wordsError;
    @FXML private ComboBox<@Nullable Metric> metric;
    @FXML private ComboBox<String> baseModel;
    @FXML private Label modelError;
    @FXML private CheckBox chat;
    @FXML private TextField held;
    @FXML private Label heldError;
    @FXML private TextField test;
    @FXML private Label testError;
    @FXML private TextField name;
    @FXML private Label nameError;
    @FXML private TextField goal;
    @FXML private Label goalError;
    @FXML private ScrollPane seen;
    @FXML private Label trial;
    @FXML private VBox examples;

    public OwnDataController(OwnDataViewModel model, Dialogs dialogs) {
        this.model = model;
        this.dialogs = dialogs;
    }

    @FXML
    private void initialize() {
        sentence.textProperty().bind(model.sentenceProperty());
        showWhile(reading, model.stateProperty().isEqualTo(State.READING));
        showWhile(form, model.stateProperty().isEqualTo(State.OPEN));
        showWhile(seen, model.stateProperty().isEqualTo(State.OPEN));
        model.stateProperty().subscribe(now -> redden(sentence, now == State.REFUSED));
        kind.getItems().setAll(TaskKind.values());
        kind.setConverter(shown(k -> texts.get("own.kind." + k.name().toLowerCase(Locale.ROOT))));
        kind.valueProperty().bindBidirectional(model.kindProperty());
        kind.valueProperty().subscribe(this::suit);
        prompt.textProperty().bindBidirectional(model.promptProperty());
        said(promptError, model.mistake(Mapping.Part.PROMPT));
        column(answer, model.answerProperty(), answerError, Mapping.Part.ANSWER);
        column(rejected, model.rejectedProperty(), rejectedError, Mapping.Part.REJECTED);
        column(rating, model.ratingProperty(), ratingError, Mapping.Part.RATING);
        said(wordsError, model.mistake(Mapping.Part.WORDS));
        model.words().addListener((ListChangeListener<LabelWord>) _ -> words.getChildren().setAll(
                model.words().stream().map(this::word).toList()));
        model.columns().addListener((ListChangeListener<String>) _ -> columns.getChildren().setAll(
                model.columns().stream().map(this::chip).toList()));
        metric.setItems(model.metrics());
        metric.setConverter(shown(m -> m == null ? "" : texts.get("metric." + m.id())));
        metric.valueProperty().bindBidirectional(model.metricProperty());
        baseModel.getItems().setAll(model.baseModels());
        baseModel.getEditor().textProperty().bindBidirectional(model.need(Need.MODEL));
        chat.selectedProperty().bindBidirectional(model.chatProperty());
        said(modelError, model.want(Need.MODEL));
        typed(held, heldError, Need.HELD);
        typed(test, testError, Need.TEST);
        typed(name, nameError, Need.NAME);
        typed(goal, goalError, Need.GOAL);
        trial.textProperty().bind(model.trialSentenceProperty());
        model.trialRefusedProperty().subscribe(now -> redden(trial, now));
        model.examples().addListener((ListChangeListener<Example>) _ ->
                examples.getChildren().setAll(ExampleCards.of(model.examples(), texts)));
    }

    @FXML
    private void browseModel() {
        dialogs.chooseFolder().ifPresent(folder -> model.need(Need.MODEL).set(folder.toString()));
    }

    @FXML
    private void browseTest() {
        dialogs.chooseMission(null).map(Path::toString).ifPresent(model.need(Need.TEST)::set);
    }

    /// Shows what a kind of task asks for.
    private void suit(TaskKind now) {
        kindHint.setText(texts.get("own.hint." + now.name().toLowerCase(Locale.ROOT)));
        answerName.setText(texts.get(switch (now) {
            case CLASSES, ANSWERS, RATED -> "own.answer";
            case COMPARED -> "own.better";
            case TEXT -> "own.text";
        }));
        showIf(promptRow, now != TaskKind.TEXT);
        showIf(chat, now != TaskKind.TEXT);
        showIf(rejectedRow, now == TaskKind.COMPARED);
        showIf(ratingRow, now == TaskKind.RATED);
        showIf(wordsRow, now == TaskKind.CLASSES);
    }

    private void column(ComboBox<String> box, StringProperty chosen, Label error, Mapping.Part part) {
        box.setItems(model.columns());
        chosen.subscribe(box::setValue);
        box.valueProperty().subscribe(now -> {
            if (now != null) {
                chosen.set(now);
            }
        });
        said(error, model.mistake(part));
    }

    private void typed(TextField field, Label error, Need need) {
        field.textProperty().bindBidirectional(model.need(need));
        said(error, model.want(need));
    }

    private static void said(Label error, ReadOnlyStringProperty sentence) {
        error.textProperty().bind(sentence);
        showWhile(error, sentence.isNotEmpty());
    }

    private Node chip(String column) {
        Button chip = new Button("{" + column + "}");
        chip.setId("column-" + column);
        chip.getStyleClass().addAll("small", "chip");
        chip.setMnemonicParsing(false);
        chip.setOnAction(_ -> {
            prompt.insertText(prompt.getCaretPosition(), "{" + column + "}");
            prompt.requestFocus();
        });
        return chip;
    }

    private Node word(LabelWord label) {
        Label value = new Label(texts.get("own.value", label.value(), label.rows()));
        value.setMinWidth(VALUE_WIDTH);
        value.setPrefWidth(VALUE_WIDTH);
        TextField typed = new TextField();
        typed.setId("word-" + label.value());
        typed.textProperty().bindBidirectional(label.wordProperty());
        HBox.setHgrow(typed, Priority.ALWAYS);
        HBox row = new HBox(8, value, new Label("→"), typed);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static void redden(Label label, boolean wrong) {
        label.getStyleClass().removeAll(List.of("error-text"));
        if (wrong) {
            label.getStyleClass().add("error-text");
        }
    }

    private static <T extends @Nullable Object> StringConverter<T> shown(Function<T, String> text) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : text.apply(value);
            }

            @Override
            public T fromString(String typed) {
                throw new UnsupportedOperationException("chosen, not typed: " + typed);
            }
        };
    }
}
