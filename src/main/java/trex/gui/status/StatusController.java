package trex.gui.status;

import static trex.gui.text.Visibility.showWhile;

import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import trex.gui.study.StudyViewModel;
import trex.gui.study.WorkspaceViewModel;
import trex.gui.text.Texts;
import trex.model.Approval;
import trex.model.StudyState;

/// Binds the status bar.
public final class StatusController {
    private static final List<Approval> OFFERED =
            List.of(Approval.ASK, Approval.after(10), Approval.after(30), Approval.after(120), Approval.AUTO);

    private final StatusViewModel model;
    private final WorkspaceViewModel workspace;
    private final Texts texts = Texts.beside(StatusController.class);
    private boolean syncing;

    @FXML private Label state;
    @FXML private Label run;
    @FXML private Label rounds;
    @FXML private Label spending;
    @FXML private ProgressBar progress;
    @FXML private ComboBox<Approval> approval;

    public StatusController(StatusViewModel model, WorkspaceViewModel workspace) {
        this.model = model;
        this.workspace = workspace;
    }

    @FXML
    private void initialize() {
        state.textProperty().bind(model.stateProperty());
        run.textProperty().bind(model.runProperty());
        rounds.textProperty().bind(model.roundsProperty());
        spending.textProperty().bind(model.spendingProperty());
        spending.setTooltip(new Tooltip(texts.get("spending.tip")));
        progress.progressProperty().bind(model.progressProperty());
        showWhile(progress, model.runProperty().isNotEmpty());
        approval.getItems().setAll(OFFERED);
        approval.setConverter(new ApprovalText(texts));
        approval.valueProperty().addListener((_, _, chosen) -> choose(chosen));
        workspace.currentProperty().subscribe(this::follow);
    }

    private void follow(@Nullable StudyViewModel study) {
        approval.disableProperty().unbind();
        approval.setDisable(study == null);
        if (study != null) {
            approval.disableProperty().bind(study.stateProperty().isEqualTo(StudyState.FINISHED));
            study.settingsProperty().subscribe(s -> {
                if (workspace.current() == study) {
                    mark(s.approval());
                }
            });
        }
    }

    private void mark(Approval now) {
        syncing = true;
        if (!approval.getItems().contains(now)) {
            approval.getItems().add(now);
        }
        approval.setValue(now);
        syncing = false;
    }

    private void choose(@Nullable Approval chosen) {
        if (!syncing && chosen != null) {
            workspace.approval(chosen);
        }
    }

    private static final class ApprovalText extends StringConverter<Approval> {
        private final Texts texts;

        private ApprovalText(Texts texts) {
            this.texts = texts;
        }

        @Override
        public String toString(@Nullable Approval approval) {
            return approval == null ? "" : switch (approval.mode()) {
                case ASK -> texts.get("approval.ask");
                case AFTER_DELAY -> texts.get("approval.delay", approval.seconds());
                case AUTO -> texts.get("approval.auto");
            };
        }

        @Override
        public Approval fromString(String text) {
            throw new UnsupportedOperationException("approval is chosen, not typed: " + text);
        }
    }
}
