package trex.gui.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Modality;
import javafx.stage.Stage;
import trex.gui.dialog.Background;
import trex.gui.dialog.Dialogs;
import trex.gui.study.StudyViewModel;
import trex.gui.text.Texts;
import trex.gui.text.ViewLoader;
import trex.gui.theme.Look;
import trex.model.NodeId;

/// The windows around the export and chat views.
public final class ModelWindows {
    private final Models models;
    private final Background background;
    private final Dialogs dialogs;
    private final Look look;
    private final Stage owner;
    private final Texts texts = Texts.beside(ModelWindows.class);
    private final List<ChatViewModel> chats = new ArrayList<>();

    public ModelWindows(Models models, Background background, Dialogs dialogs, Look look, Stage owner) {
        this.models = models;
        this.background = background;
        this.dialogs = dialogs;
        this.look = look;
        this.owner = owner;
    }

    /// @param done hears the folder that was written
    public void export(StudyViewModel study, NodeId node, Consumer<Path> done) {
        Stage stage = new Stage();
        ExportViewModel model = new ExportViewModel(models, background, study, node, Path.of(System.getProperty("user.home", "")));
        stage.initModality(Modality.WINDOW_MODAL);
        show(stage, texts.get("export.title"),
                ViewLoader.load(new ExportController(model, dialogs::chooseFolder, stage::close, done)));
    }

    public void chat(StudyViewModel study, NodeId node) {
        Stage stage = new Stage();
        ChatViewModel model = new ChatViewModel(background, () -> models.talk(study.id(), node));
        chats.add(model);
        stage.setOnHidden(_ -> {
            model.close();
            chats.remove(model);
        });
        show(stage, texts.get("chat.title", node), ViewLoader.load(new ChatController(model)));
    }

    /// The dialog of the library for graphics cards. Closing its window calls an installation off.
    public void engines() {
        Stage stage = new Stage();
        EngineViewModel model = new EngineViewModel(models.engines(), background);
        stage.setOnHidden(_ -> model.cancel());
        show(stage, texts.get("engine.title"), ViewLoader.load(new EngineController(model, stage::close)));
    }

    /// Lets all loaded models go.
    public void close() {
        List.copyOf(chats).forEach(ChatViewModel::close);
    }

    private void show(Stage stage, String title, Parent view) {
        stage.initOwner(owner);
        stage.setTitle(title);
        stage.setScene(new Scene(view));
        look.dress(stage.getScene());
        stage.show();
    }
}
