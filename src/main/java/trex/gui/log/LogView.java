package trex.gui.log;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import trex.gui.study.LogLine;
import trex.gui.text.Texts;
import trex.loop.StudyEvent;

/// The log of a study; keeps to its end as long as the end is in view.
public final class LogView extends ListView<LogLine> {
    private final ListChangeListener<LogLine> follower = _ -> scrollTo(getItems().size() - 1);

    public LogView() {
        setId("log");
        getStyleClass().addAll("dense", "log");
        setPlaceholder(new Label(Texts.beside(LogView.class).get("empty")));
        setCellFactory(_ -> new LineCell());
        show(FXCollections.observableArrayList());
    }

    public void show(ObservableList<LogLine> lines) {
        getItems().removeListener(follower);
        setItems(lines);
        lines.addListener(follower);
        scrollTo(lines.size() - 1);
    }

    private static final class LineCell extends ListCell<LogLine> {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
        private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
        private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

        @Override
        protected void updateItem(LogLine line, boolean empty) {
            super.updateItem(line, empty);
            boolean there = !empty && line != null;
            setText(there ? TIME.format(line.at()) + "   " + line.text() : null);
            pseudoClassStateChanged(WARNING, there && line.level() == StudyEvent.Level.WARNING);
            pseudoClassStateChanged(ERROR, there && line.level() == StudyEvent.Level.ERROR);
        }
    }
}
