package trex.gui.newstudy;

import java.nio.file.Path;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Modality;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import trex.gui.dialog.Background;
import trex.gui.dialog.Dialogs;
import trex.gui.study.WorkspaceViewModel;
import trex.gui.text.Texts;
import trex.gui.text.ViewLoader;
import trex.gui.theme.Look;

/// The window around the new-study view.
public final class NewStudyDialog {
    private final WorkspaceViewModel workspace;
    private final DataSight sight;
    private final Background background;
    private final Dialogs dialogs;
    private final Look look;
    private final @Nullable Path folder;

    /// @param folder holds the tasks that are offered, or null
    public NewStudyDialog(WorkspaceViewModel workspace, DataSight sight, Background background, Dialogs dialogs, Look look, @Nullable Path folder) {
        this.workspace = workspace;
        this.sight = sight;
        this.background = background;
        this.dialogs = dialogs;
        this.look = look;
        this.folder = folder;
    }

    public void show(Window owner) {
        Stage stage = new Stage();
        List<Path> offered = folder == null ? List.of() : MissionFiles.in(folder);
        PreviewViewModel preview = new PreviewViewModel(sight, background);
        Parent view = ViewLoader.load(new NewStudyController(
                new NewStudyViewModel(workspace), preview, offered, folder, dialogs, stage::close));
        stage.setOnHidden(_ -> preview.show(null));
        stage.initOwner(owner);
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(Texts.beside(NewStudyDialog.class).get("title"));
        stage.setScene(new Scene(view));
        look.dress(stage.getScene());
        stage.setOnShown(_ -> {
            stage.setX(owner.getX() + (owner.getWidth() - stage.getWidth()) / 2);
            stage.setY(owner.getY() + Math.max(0, (owner.getHeight() - stage.getHeight()) / 3));
        });
        stage.show();
    }
}
