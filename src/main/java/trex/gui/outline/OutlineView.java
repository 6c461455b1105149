package trex.gui.outline;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import org.jspecify.annotations.Nullable;
import trex.gui.study.Recipes;
import trex.gui.study.StudyViewModel;
import trex.gui.text.Figures;
import trex.gui.text.Texts;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;

/// The tree as an outline; shares the selection with the canvas.
public final class OutlineView extends TreeTableView<Node> {
    private static final double SCORE_WIDTH = 92;

    private final Texts texts = Texts.beside(OutlineView.class);
    private final List<TreeItem<Node>> items = new ArrayList<>();
    private @Nullable StudyViewModel study;
    private boolean syncing;

    public OutlineView() {
        setId("outline");
        setColumnResizePolicy(TreeTableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        getStyleClass().addAll("dense", "outline");
        setPlaceholder(new Label(texts.get("empty")));
        TreeTableColumn<Node, Node> name = column(texts.get("node"), 170, _ -> new NodeCell(this::title));
        TreeTableColumn<Node, Node> score = column(texts.get("score"), SCORE_WIDTH, _ -> new NodeCell(OutlineView::score));
        score.setMinWidth(SCORE_WIDTH);
        score.setMaxWidth(SCORE_WIDTH);
        getColumns().setAll(List.of(name, score));
        getSelectionModel().selectedItemProperty().addListener((_, _, now) -> selectedHere(now));
    }

    /// Shows `changed`, or nothing.
    public void show(@Nullable StudyViewModel changed) {
        study = changed;
        items.clear();
        setRoot(null);
        if (changed != null) {
            update(changed.tree());
            select(changed.selectedProperty().get());
        }
    }

    /// Takes over a later snapshot of the same study's tree.
    public void update(ExperimentTree tree) {
        syncing = true;
        for (Node node : tree.nodes()) {
            if (node.id().value() < items.size()) {
                items.get(node.id().value()).setValue(node);
            } else {
                add(node);
            }
        }
        syncing = false;
    }

    /// Follows a selection made elsewhere.
    public void select(@Nullable NodeId node) {
        if (syncing) {
            return;
        }
        syncing = true;
        if (node == null || node.value() >= items.size()) {
            getSelectionModel().clearSelection();
        } else {
            TreeItem<Node> item = items.get(node.value());
            for (TreeItem<Node> up = item.getParent(); up != null; up = up.getParent()) {
                up.setExpanded(true);
            }
            getSelectionModel().select(item);
            scrollTo(Math.max(0, getRow(item) - 4));
        }
        syncing = false;
    }

    private void add(Node node) {
        TreeItem<Node> item = new TreeItem<>(node);
        item.setExpanded(true);
        items.add(item);
        if (node.parent() == null) {
            setRoot(item);
        } else {
            items.get(node.parent().value()).getChildren().add(item);
        }
    }

    private void selectedHere(@Nullable TreeItem<Node> item) {
        if (!syncing && item != null && study != null) {
            syncing = true;
            study.selectedProperty().set(item.getValue().id());
            syncing = false;
        }
    }

    private String title(Node node) {
        StudyViewModel shown = study;
        return shown == null ? "" : node.id() + "  " + Recipes.title(shown.tree(), node, shown.mission());
    }

    private static String score(Node node) {
        return node.state() == NodeState.COMPLETED ? Figures.measuredValue(node) : Figures.words(node.state());
    }

    private static TreeTableColumn<Node, Node> column(String name, double width,
            javafx.util.Callback<TreeTableColumn<Node, Node>, javafx.scene.control.TreeTableCell<Node, Node>> cells) {
        TreeTableColumn<Node, Node> column = new TreeTableColumn<>(name);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue().getValue()));
        column.setCellFactory(cells);
        return column;
    }
}
