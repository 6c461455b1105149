package trex.gui.models;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import trex.gui.text.Texts;

/// Binds the export dialog.
public final class ExportController {
    private final ExportViewModel model;
    private final Supplier<Optional<Path>> chooser;
    private final Runnable close;
    private final Consumer<Path> done;
    private final Texts texts = Texts.beside(ExportController.class);

    @FXML private Label heading;
    @FXML private ComboBox<Models.Format> format;
    @FXML private TextField folder;
    @FXML private Label error;
    @FXML private ProgressIndicator busy;
    @FXML private Button export;

    /// @param chooser asks for the folder in which the new one is made
    /// @param done hears what was written, after the dialog has closed
    public ExportController(ExportViewModel model, Supplier<Optional<Path>> chooser, Runnable close, Consumer<Path> done) {
        this.model = model;
        this.chooser = chooser;
        this.close = close;
        this.done = done;
    }

    @FXML
    private void initialize() {
        heading.setText(texts.get("export.heading", model.node()));
        format.getItems().setAll(model.formats());
        format.setConverter(new FormatName());
        format.valueProperty().bindBidirectional(model.formatProperty());
        folder.textProperty().bindBidirectional(model.folderProperty());
        error.textProperty().bind(model.errorProperty());
        busy.visibleProperty().bind(model.busyProperty());
        export.disableProperty().bind(model.busyProperty());
    }

    @FXML
    private void browse() {
        chooser.get().ifPresent(model::choose);
    }

    @FXML
    private void export() {
        model.export(written -> {
            close.run();
            done.accept(written);
        });
    }

    @FXML
    private void cancel() {
        close.run();
    }

    private static final class FormatName extends StringConverter<Models.Format> {
        @Override
        public String toString(Models.@Nullable Format format) {
            return format == null ? "" : format.name();
        }

        @Override
        public Models.Format fromString(String text) {
            throw new UnsupportedOperationException("a format is chosen, not typed: " + text);
        }
    }
}
