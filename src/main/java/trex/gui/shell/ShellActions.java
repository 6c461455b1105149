package trex.gui.shell;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;
import org.jspecify.annotations.Nullable;
import trex.gui.action.Action;
import trex.gui.action.ActionRegistry;
import trex.gui.study.StudyViewModel;
import trex.gui.text.Texts;
import trex.gui.theme.Look;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.StudyState;

/// Everything the person can do in the main window.
final class ShellActions {
    private static final ObservableBooleanValue ALWAYS = Bindings.createBooleanBinding(() -> true);

    private final WorkbenchWindow window;
    private final ReadOnlyBooleanWrapper hasStudy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper live = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper resumable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper prunable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper hasModel = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper growable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper restorable = new ReadOnlyBooleanWrapper();

    ShellActions(WorkbenchWindow window) {
        this.window = window;
    }

    ActionRegistry registry(Texts texts, Look look) {
        ActionRegistry actions = new ActionRegistry(texts);
        BooleanBinding prune = prunable.and(live);
        BooleanBinding restore = restorable.and(live);
        actions.add(new Action("new", "mdal-add", "Shortcut+N", ALWAYS, window::newStudy));
        actions.add(new Action("report", "mdal-description", "Shortcut+R", hasStudy, window::writeReport));
        actions.add(new Action("bundle", "mdal-archive", null, hasStudy, window::bundle));
        actions.add(new Action("export", "mdmz-save_alt", "Shortcut+S", hasModel, window::exportModel));
        actions.add(new Action("chat", "mdal-chat", "Shortcut+T", hasModel, window::chat));
        actions.add(new Action("engines", "mdal-developer_board", null, ALWAYS, window::engines));
        actions.add(new Action("quit", "mdal-exit_to_app", "Shortcut+Q", ALWAYS, window::requestClose));
        actions.add(new Action("resume", "mdmz-play_arrow", "Shortcut+Shift+R", resumable, window::resume));
        actions.add(new Action("stop", "mdmz-stop", null, live, window.workspace()::stop));
        actions.add(new Action("finish", "mdal-done_all", null, live, window.workspace()::finish));
        actions.add(new Action("approve", "mdal-check", "Shortcut+Enter", live, window::approve));
        actions.add(new Action("prune", "mdal-content_cut", "Shortcut+Delete", prune, window::prune));
        actions.add(new Action("restore", "mdmz-undo", "Shortcut+Shift+Delete", restore, window::restore));
        actions.add(new Action("boost", "mdmz-trending_up", "Shortcut+G", growable.and(live), window::boost));
        actions.add(new Action("best", "mdmz-star_outline", "Shortcut+B", hasStudy, window::goToBest));
        actions.add(new Action("centre", "mdal-center_focus_strong", "Shortcut+E", hasStudy, window::centre));
        actions.add(new Action("fit", "mdal-fullscreen", "Shortcut+0", hasStudy, () -> window.tree().fit()));
        actions.add(new Action("zoom-in", "mdal-add", "Shortcut+Plus", hasStudy, () -> window.tree().zoom(1.25)));
        actions.add(new Action("zoom-out", "mdmz-remove", "Shortcut+Minus", hasStudy, () -> window.tree().zoom(0.8)));
        actions.add(new Action("palette", "mdmz-search", "Shortcut+K", ALWAYS, window::palette));
        actions.add(new Action("layout", "mdal-dashboard", null, ALWAYS, window::resetLayout));
        for (Look.Wish wish : Look.Wish.values()) {
            actions.add(new Action("theme-" + wish.name().toLowerCase(java.util.Locale.ROOT), "mdal-brightness_6", null,
                    ALWAYS, () -> look.wishProperty().set(wish)));
        }
        return actions;
    }

    /// Brings what may be done up to date.
    void refresh(@Nullable StudyViewModel study) {
        hasStudy.set(study != null);
        boolean here = study != null && study.controlProperty().get() != null;
        live.set(here);
        resumable.set(study != null && !here && study.stateProperty().get() != StudyState.FINISHED);
        Node node = study == null ? null : study.selectedNode();
        prunable.set(node != null && !node.id().equals(NodeId.BASELINE) && !node.pruned());
        hasModel.set(node != null && node.state() == NodeState.COMPLETED);
        growable.set(node != null && node.state() == NodeState.COMPLETED && !node.pruned());
        restorable.set(node != null && node.pruned());
    }
}
