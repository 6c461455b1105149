package trex.gui.leaderboard;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;
import trex.gui.study.StudyViewModel;
import trex.gui.text.Figures;
import trex.gui.text.Texts;
import trex.model.ExperimentTree;
import trex.model.NodeId;
import trex.model.SeedScores;

/// All scored nodes, best first; shares the selection with the canvas.
public final class LeaderboardView extends TableView<Standing> {
    private final Texts texts = Texts.beside(LeaderboardView.class);
    private @Nullable StudyViewModel study;
    private boolean syncing;

    public LeaderboardView() {
        setId("leaderboard");
        getStyleClass().addAll("dense", "leaderboard");
        setPlaceholder(new Label(texts.get("empty")));
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        getColumns().setAll(List.of(
                column("rank", 62, s -> Integer.toString(s.rank())),
                column("node", 66, s -> s.node().toString()),
                column("change", 260, Standing::title),
                column("score", 90, s -> Figures.value(s.score().value())),
                column("error", 84, s -> "± " + Figures.value(s.score().standardError())),
                column("n", 68, s -> Integer.toString(s.score().n())),
                column("seeds", 110, this::seeds),
                column("against", 180, this::against),
                column("cost", 80, s -> Figures.duration(s.seconds()))));
        getSelectionModel().selectedItemProperty().addListener((_, _, now) -> selectedHere(now));
    }

    public void show(@Nullable StudyViewModel changed) {
        study = changed;
        getItems().clear();
        if (changed != null) {
            update(changed.tree());
        }
    }

    public void update(ExperimentTree tree) {
        StudyViewModel shown = study;
        if (shown != null) {
            syncing = true;
            getItems().setAll(Standing.of(tree, shown.mission()));
            syncing = false;
            select(shown.selectedProperty().get());
        }
    }

    public void select(@Nullable NodeId node) {
        if (syncing) {
            return;
        }
        syncing = true;
        getItems().stream().filter(s -> s.node().equals(node)).findFirst()
                .ifPresentOrElse(getSelectionModel()::select, getSelectionModel()::clearSelection);
        syncing = false;
    }

    private void selectedHere(@Nullable Standing now) {
        if (!syncing && now != null && study != null) {
            syncing = true;
            study.selectedProperty().set(now.node());
            syncing = false;
        }
    }

    private String seeds(Standing s) {
        SeedScores seeds = s.seeds();
        return seeds == null ? "" : texts.get("seeds.mean", Figures.value(seeds.mean()), seeds.seeds());
    }

    private String against(Standing s) {
        if (s.rank() == 1) {
            return texts.get("best");
        }
        String behind = Figures.behind(s.distance());
        return s.withinNoise() ? behind + "   " + texts.get("noise") : behind;
    }

    /// A label of its own, since a column has no tooltip.
    private Label head(String key) {
        Label head = new Label(texts.get(key));
        texts.find(key + ".tip").map(Tooltip::new).ifPresent(head::setTooltip);
        return head;
    }

    private TableColumn<Standing, String> column(String key, double width, Function<Standing, String> text) {
        TableColumn<Standing, String> column = new TableColumn<>();
        column.setGraphic(head(key));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(f -> new ReadOnlyStringWrapper(text.apply(f.getValue())));
        return column;
    }
}
