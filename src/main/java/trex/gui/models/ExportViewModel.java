package trex.gui.models;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import trex.gui.dialog.Background;
import trex.gui.study.StudyViewModel;
import trex.gui.text.Texts;
import trex.model.NodeId;

/// Writes a node's model: as what, and where. What is wrong is said in place.
public final class ExportViewModel {
    private final Models models;
    private final Background background;
    private final StudyViewModel study;
    private final NodeId node;
    private final Texts texts = Texts.beside(ExportViewModel.class);
    private final ObjectProperty<Models.Format> format;
    private final StringProperty folder = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    /// @param parent where the new folder is proposed
    public ExportViewModel(Models models, Background background, StudyViewModel study, NodeId node, Path parent) {
        this.models = models;
        this.background = background;
        this.study = study;
        this.node = node;
        format = new SimpleObjectProperty<>(models.formats().getFirst());
        choose(parent);
        folder.addListener((_, _, _) -> error.set(""));
    }

    public List<Models.Format> formats() {
        return models.formats();
    }

    public NodeId node() {
        return node;
    }

    public ObjectProperty<Models.Format> formatProperty() {
        return format;
    }

    /// The new folder, as typed.
    public StringProperty folderProperty() {
        return folder;
    }

    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Proposes a new folder inside `parent`.
    public void choose(Path parent) {
        folder.set(parent.resolve((study.mission().name() + "-" + node.value()).toLowerCase(Locale.ROOT)).toString());
    }

    public void export(Consumer<Path> done) {
        if (folder.get().isBlank()) {
            error.set(texts.get("export.none"));
            return;
        }
        Path target;
        try {
            target = Path.of(folder.get().strip()).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            error.set(texts.get("export.path", folder.get()));
            return;
        }
        error.set("");
        busy.set(true);
        background.call(() -> {
            models.export(study.id(), node, format.get().id(), target);
            return target;
        }, written -> {
            busy.set(false);
            done.accept(written);
        }, sentence -> {
            busy.set(false);
            error.set(sentence);
        });
    }
}
