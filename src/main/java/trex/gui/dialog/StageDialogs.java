package trex.gui.dialog;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Alert;
import javafx.scene.control.Alert.AlertType;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import trex.gui.text.Texts;
import trex.gui.theme.Look;
import trex.model.RunId;

/// Dialogs over a stage.
public final class StageDialogs implements Dialogs {
    private static final double WIDTH = 520;

    private final Stage owner;
    private final Look look;
    private final Texts texts = Texts.beside(StageDialogs.class);

    public StageDialogs(Stage owner, Look look) {
        this.owner = owner;
        this.look = look;
    }

    @Override
    public void error(String sentence) {
        Alert alert = alert(AlertType.ERROR, texts.get("error.header"), sentence);
        alert.getDialogPane().setId("error-dialog");
        alert.show();
    }

    @Override
    public Closing askClosing(List<RunId> workers) {
        ButtonType stop = new ButtonType(texts.get("closing.stop"), ButtonData.LEFT);
        ButtonType leave = new ButtonType(texts.get("closing.leave"), ButtonData.OK_DONE);
        ButtonType stay = new ButtonType(texts.get("closing.stay"), ButtonData.CANCEL_CLOSE);
        Alert alert = alert(AlertType.CONFIRMATION, texts.get("closing.header", workers.size()),
                texts.get("closing.text"));
        VBox list = new VBox(4);
        list.getStyleClass().add("worker-list");
        workers.forEach(run -> list.getChildren().add(new Label(run.value())));
        Label text = new Label(texts.get("closing.text"));
        text.setWrapText(true);
        alert.getDialogPane().setContent(new VBox(12, text, list));
        alert.getDialogPane().setId("closing-dialog");
        alert.getButtonTypes().setAll(stop, leave, stay);
        ButtonType answer = alert.showAndWait().orElse(stay);
        return answer == stop ? Closing.STOP_WORKERS : answer == leave ? Closing.LEAVE_RUNNING : Closing.STAY;
    }

    @Override
    public Optional<Path> chooseMission(@Nullable Path folder) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.get("mission.title"));
        chooser.getExtensionFilters().addAll(
                new FileChooser.ExtensionFilter(texts.get("mission.filter"), "*.json", "*.jsonl", "*.csv", "*.tsv", "*.txt", "*.text",
                        "*.parquet"),
                new FileChooser.ExtensionFilter(texts.get("mission.all"), "*.*"));
        if (folder != null && folder.toFile().isDirectory()) {
            chooser.setInitialDirectory(folder.toFile());
        }
        return Optional.ofNullable(chooser.showOpenDialog(front())).map(File::toPath);
    }

    @Override
    public Optional<Path> chooseFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(texts.get("folder.title"));
        return Optional.ofNullable(chooser.showDialog(front())).map(File::toPath);
    }

    /// The window that the person is in: a chooser shall keep them out of that one.
    private Window front() {
        return Window.getWindows().stream().filter(Stage.class::isInstance).filter(Window::isFocused).findFirst().orElse(owner);
    }

    private Alert alert(AlertType type, String header, String sentence) {
        Alert alert = new Alert(type, sentence);
        alert.initOwner(owner);
        alert.setTitle(texts.get("title"));
        alert.setHeaderText(header);
        alert.getDialogPane().setPrefWidth(WIDTH);
        alert.getDialogPane().setMinHeight(javafx.scene.layout.Region.USE_PREF_SIZE);
        look.dress(alert.getDialogPane().getScene());
        return alert;
    }
}
