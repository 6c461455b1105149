package trex.gui.outline;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import trex.gui.text.Figures;
import trex.gui.text.Texts;
import trex.model.Study;
import trex.model.StudyId;

/// The studies of the home folder, newest first; a click opens one.
public final class StudiesView extends ListView<Study> {
    private final Consumer<StudyId> opener;
    private @Nullable StudyId shown;
    private boolean syncing;

    public StudiesView(ObservableList<Study> studies, Consumer<StudyId> opener) {
        super(studies);
        this.opener = opener;
        setId("studies");
        getStyleClass().addAll("dense", "studies");
        Label empty = new Label(Texts.beside(StudiesView.class).get("studies.empty"));
        empty.setWrapText(true);
        empty.getStyleClass().add("hint");
        setPlaceholder(empty);
        setCellFactory(_ -> new StudyCell());
        getSelectionModel().selectedItemProperty().addListener((_, _, now) -> chosen(now));
        studies.addListener((ListChangeListener<Study>) _ -> mark(shown));
    }

    /// Marks the study that is shown.
    public void mark(@Nullable StudyId study) {
        shown = study;
        syncing = true;
        getItems().stream().filter(s -> s.id().equals(study)).findFirst()
                .ifPresentOrElse(getSelectionModel()::select, getSelectionModel()::clearSelection);
        syncing = false;
    }

    private void chosen(@Nullable Study study) {
        if (!syncing && study != null && !study.id().equals(shown)) {
            opener.accept(study.id());
        }
    }

    private static final class StudyCell extends ListCell<Study> {
        private static final DateTimeFormatter WHEN =
                DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH).withZone(ZoneId.systemDefault());

        private final Label name = new Label();
        private final Label detail = new Label();
        private final VBox box = new VBox(1, name, detail);

        private StudyCell() {
            name.getStyleClass().add("study-name");
            detail.getStyleClass().add("hint");
        }

        @Override
        protected void updateItem(Study study, boolean empty) {
            super.updateItem(study, empty);
            if (empty || study == null) {
                setGraphic(null);
                return;
            }
            name.setText(study.mission().name());
            detail.setText(WHEN.format(study.created()) + "  ·  " + Figures.words(study.state()));
            setGraphic(box);
        }
    }
}
