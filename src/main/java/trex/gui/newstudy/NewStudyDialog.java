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
    private final List<Path> folders;

    /// @param folders hold the missions that are offered
    public NewStudyDialog(WorkspaceViewModel workspace, DataSight sight, Background background, Dialogs dialogs, Look look,
            List<Path> folders) {
        this.workspace = workspace;
        this.sight = sight;
        this.background = background;
        this.dialogs = dialogs;
        this.look = look;
        this.folders = List.copyOf(folders);
    }

    /// @param opened a mission or data to begin with, or null
    public void show(Window owner, @Nullable Path opened) {
        Stage stage = new Stage();
        PreviewViewModel preview = new PreviewViewModel(sight, background);
        OwnDataViewModel ownData = new OwnDataViewModel(sight, background);
        NewStudyController controller = new NewStudyController(
                new NewStudyViewModel(workspace), preview, ownData, folders, dialogs, stage::close);
        Parent view = ViewLoader.load(controller);
        stage.setOnHidden(_ -> {
            preview.show(null);
            ownData.close();
        });
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
        if (opened != null) {
            controller.take(opened);
        }
    }
}
