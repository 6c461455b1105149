package trex.gui.newstudy;

import static trex.gui.text.Visibility.showIf;
import static trex.gui.text.Visibility.showWhile;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import trex.gui.dialog.Dialogs;
import trex.gui.text.Texts;
import trex.gui.text.ViewLoader;
import trex.model.Approval;
import trex.model.Example;
import trex.model.Mission;

/// Binds the new-study dialog.
public final class NewStudyController {
    private static final Approval DELAYED = Approval.after(30);

    private final NewStudyViewModel model;
    private final PreviewViewModel preview;
    private final OwnDataViewModel ownData;
    private final Texts texts = Texts.beside(NewStudyController.class);
    private final List<Path> folders;
    private final Dialogs dialogs;
    private final Runnable close;

    @FXML private ListView<Path> missions;
    @FXML private VBox details;
    @FXML private VBox hint;
    @FXML private StackPane own;
    @FXML private Label file;
    @FXML private Button make;
    @FXML private Label name;
    @FXML private Label goal;
    @FXML private Label baseModel;
    @FXML private Label data;
    @FXML private Label metric;
    @FXML private TextField rounds;
    @FXML private TextField minutes;
    @FXML private TextField device;
    @FXML private TextField parallel;
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
    /// @param ownData makes a mission of own data
    /// @param folders whose missions are offered
    /// @param close closes the dialog
    public NewStudyController(NewStudyViewModel model, PreviewViewModel preview, OwnDataViewModel ownData, List<Path> folders,
            Dialogs dialogs, Runnable close) {
        this.model = model;
        this.preview = preview;
        this.ownData = ownData;
        this.folders = List.copyOf(folders);
        this.dialogs = dialogs;
        this.close = close;
    }

    @FXML
    private void initialize() {
        missions.getItems().setAll(MissionFiles.in(folders));
        missions.setCellFactory(_ -> new MissionCell());
        missions.getSelectionModel().selectedItemProperty().addListener((_, _, file) -> {
            if (file != null) {
                ownData.close();
                this.file.setText(file.toString());
                model.read(file);
            }
        });
        rounds.textProperty().bindBidirectional(model.roundsProperty());
        minutes.textProperty().bindBidirectional(model.minutesProperty());
        device.textProperty().bindBidirectional(model.deviceProperty());
        parallel.textProperty().bindBidirectional(model.parallelProperty());
        error.textProperty().bind(Bindings.concat(model.errorProperty(), ownData.errorProperty()));
        showWhile(error, error.textProperty().isNotEmpty());
        busy.visibleProperty().bind(model.busyProperty());
        start.disableProperty().bind(Bindings.or(model.busyProperty(), model.missionProperty().isNull()));
        bindPreview();
        own.getChildren().setAll(ViewLoader.<Node>load(new OwnDataController(ownData, dialogs)));
        make.disableProperty().bind(ownData.readyProperty().not());
        model.missionProperty().subscribe(this::show);
        ownData.stateProperty().subscribe(_ -> show(model.missionProperty().get()));
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
        dialogs.chooseMission(Path.of(System.getProperty("user.home"))).ifPresent(this::take);
    }

    @FXML
    private void openFolder() {
        dialogs.chooseFolder().ifPresent(this::take);
    }

    @FXML
    private void make() {
        ownData.write(this::select);
    }

    @FXML
    private void over(DragEvent drag) {
        if (drag.getDragboard().hasFiles()) {
            drag.acceptTransferModes(TransferMode.COPY);
        }
        drag.consume();
    }

    @FXML
    private void dropped(DragEvent drag) {
        drag.getDragboard().getFiles().stream().findFirst().map(File::toPath).ifPresent(this::take);
        drag.setDropCompleted(true);
        drag.consume();
    }

    /// A mission is read, anything else is data.
    void take(Path chosen) {
        if (MissionFiles.isMission(chosen)) {
            select(chosen);
        } else {
            missions.getSelectionModel().clearSelection();
            model.forget();
            ownData.open(chosen);
        }
    }

    private void select(Path chosen) {
        if (!missions.getItems().contains(chosen)) {
            missions.getItems().addFirst(chosen);
        }
        missions.getSelectionModel().clearSelection();
        missions.getSelectionModel().select(chosen);
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
        boolean ofOwn = mission == null && ownData.stateProperty().get() != OwnDataViewModel.State.NOTHING;
        showIf(own, ofOwn);
        showIf(make, ofOwn);
        showIf(start, !ofOwn);
        showIf(details, mission != null);
        showIf(hint, mission == null && !ofOwn);
        preview.show(mission);
        if (mission != null) {
            name.setText(mission.name());
            goal.setText(mission.goal());
            baseModel.setText(mission.baseModel());
            data.setText(NewStudyViewModel.data(mission.data()));
            metric.setText(texts.get("metric." + mission.metric().id()));
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
