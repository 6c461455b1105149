package trex.gui.newstudy;

import static trex.gui.text.Visibility.showIf;
import static trex.gui.text.Visibility.showWhile;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import trex.gui.dialog.Dialogs;
import trex.gui.text.Texts;
import trex.model.Approval;
import trex.model.Example;
import trex.model.Mission;

/// Binds the new-study dialog.
public final class NewStudyController {
    private static final Approval DELAYED = Approval.after(30);

    private final NewStudyViewModel model;
    private final PreviewViewModel preview;
    private final Texts texts = Texts.beside(NewStudyController.class);
    private final List<Path> offered;
    private final @Nullable Path folder;
    private final Dialogs dialogs;
    private final Runnable close;

    @FXML private ListView<Path> missions;
    @FXML private VBox details;
    @FXML private VBox hint;
    @FXML private Label name;
    @FXML private Label goal;
    @FXML private Label baseModel;
    @FXML private Label data;
    @FXML private Label metric;
    @FXML private TextField rounds;
    @FXML private TextField minutes;
    @FXML private ToggleButton ask;
    @FXML private ToggleButton delay;
    @FXML private ToggleButton auto;
    @FXML private ProgressIndicator reading;
    @FXML private Hyperlink cancelPreview;
    @FXML private Button readPreview;
    @FXML private Label previewSentence;
    @FXML private Label previewFacts;
    @FXML private VBox examples;
    @FXML private Label error;
    @FXML private ProgressIndicator busy;
    @FXML private Button start;

    /// @param preview shows the chosen mission's data
    /// @param offered mission files to choose from
    /// @param folder where the file chooser begins, or null
    /// @param close closes the dialog
    public NewStudyController(NewStudyViewModel model, PreviewViewModel preview, List<Path> offered, @Nullable Path folder, Dialogs dialogs,
            Runnable close) {
        this.model = model;
        this.preview = preview;
        this.offered = List.copyOf(offered);
        this.folder = folder;
        this.dialogs = dialogs;
        this.close = close;
    }

    @FXML
    private void initialize() {
        missions.getItems().setAll(offered);
        missions.setCellFactory(_ -> new MissionCell());
        missions.getSelectionModel().selectedItemProperty().addListener((_, _, file) -> {
            if (file != null) {
                model.read(file);
            }
        });
        rounds.textProperty().bindBidirectional(model.roundsProperty());
        minutes.textProperty().bindBidirectional(model.minutesProperty());
        error.textProperty().bind(model.errorProperty());
        showWhile(error, model.errorProperty().isNotEmpty());
        busy.visibleProperty().bind(model.busyProperty());
        start.disableProperty().bind(Bindings.or(model.busyProperty(), model.missionProperty().isNull()));
        bindPreview();
        model.missionProperty().subscribe(this::show);
        ToggleGroup approvals = new ToggleGroup();
        approvals.getToggles().setAll(List.of(ask, delay, auto));
        ask.setUserData(Approval.ASK);
        delay.setUserData(DELAYED);
        auto.setUserData(Approval.AUTO);
        ask.setSelected(true);
        approvals.selectedToggleProperty().addListener((_, before, now) -> {
            if (now == null) {
                before.setSelected(true);
            } else {
                model.approvalProperty().set((Approval) now.getUserData());
            }
        });
    }

    private void bindPreview() {
        previewSentence.textProperty().bind(preview.sentenceProperty());
        previewFacts.textProperty().bind(preview.factsProperty());
        showWhile(previewFacts, preview.factsProperty().isNotEmpty());
        BooleanBinding busyReading = preview.stateProperty().isEqualTo(PreviewViewModel.State.READING);
        showWhile(reading, busyReading);
        showWhile(cancelPreview, busyReading);
        showWhile(readPreview, preview.stateProperty().isEqualTo(PreviewViewModel.State.ELSEWHERE));
        preview.stateProperty().subscribe(now -> {
            previewSentence.getStyleClass().remove("error-text");
            if (now == PreviewViewModel.State.REFUSED) {
                previewSentence.getStyleClass().add("error-text");
            }
        });
        preview.examples().addListener((ListChangeListener<Example>) _ ->
                examples.getChildren().setAll(ExampleCards.of(preview.examples(), texts)));
    }

    @FXML
    private void readPreview() {
        preview.read();
    }

    @FXML
    private void cancelPreview() {
        preview.cancel();
    }

    @FXML
    private void open() {
        dialogs.chooseMission(folder).ifPresent(file -> {
            if (!missions.getItems().contains(file)) {
                missions.getItems().addFirst(file);
            }
            missions.getSelectionModel().clearSelection();
            missions.getSelectionModel().select(file);
        });
    }

    @FXML
    private void start() {
        model.start(close);
    }

    @FXML
    private void cancel() {
        close.run();
    }

    private void show(@Nullable Mission mission) {
        showIf(details, mission != null);
        showIf(hint, mission == null);
        preview.show(mission);
        if (mission != null) {
            name.setText(mission.name());
            goal.setText(mission.goal());
            baseModel.setText(mission.baseModel());
            data.setText(NewStudyViewModel.data(mission.data()));
            metric.setText(mission.metric().id());
        }
    }

    /// A task by its folder's name; a file of the person's own by its own.
    private static final class MissionCell extends ListCell<Path> {
        @Override
        protected void updateItem(Path file, boolean empty) {
            super.updateItem(file, empty);
            if (empty || file == null) {
                setText(null);
                return;
            }
            Path parent = file.getParent();
            boolean task = file.endsWith("task.json") && parent != null && parent.getFileName() != null;
            setText(task && parent != null ? String.valueOf(parent.getFileName()) : String.valueOf(file.getFileName()));
        }
    }
}
