package trex.gui.shell;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.Separator;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.ToolBar;
import javafx.scene.image.Image;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.gui.action.ActionRegistry;
import trex.gui.action.CommandPalette;
import trex.gui.chart.Curves;
import trex.gui.chart.LossChart;
import trex.gui.dialog.Background;
import trex.gui.dialog.Closing;
import trex.gui.dialog.Dialogs;
import trex.gui.inspector.InspectorController;
import trex.gui.inspector.InspectorViewModel;
import trex.gui.leaderboard.LeaderboardView;
import trex.gui.log.LogView;
import trex.gui.models.ModelWindows;
import trex.gui.models.Models;
import trex.gui.newstudy.DataSight;
import trex.gui.newstudy.NewStudyDialog;
import trex.gui.outline.OutlineView;
import trex.gui.outline.StudiesView;
import trex.gui.status.StatusController;
import trex.gui.status.StatusViewModel;
import trex.gui.study.LogLine;
import trex.gui.study.Recipes;
import trex.gui.study.StudyViewModel;
import trex.gui.study.UiPump;
import trex.gui.study.WorkspaceViewModel;
import trex.gui.text.Texts;
import trex.gui.text.ViewLoader;
import trex.gui.theme.CanvasColours;
import trex.gui.theme.Look;
import trex.gui.tree.Minimap;
import trex.gui.tree.TreeCanvas;
import trex.gui.tree.TreePicture;
import trex.loop.Studies;
import trex.loop.StudyEvent;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyState;

/// The main window.
public final class WorkbenchWindow {
    private static final Logger LOG = LoggerFactory.getLogger(WorkbenchWindow.class);
    private static final int STOP_SECONDS = 30;
    private static final double WIDTH = 1500;
    private static final double HEIGHT = 900;
    private static final double TITLE_BAR = 36;
    /// Where the dividers lie at first, as shares of what they divide.
    private static final double BESIDE = 0.755;
    private static final double DOWN = 0.68;
    private static final double ACROSS = 0.225;
    private static final double LEFT = 0.26;

    private final Stage stage;
    private final WorkbenchOptions options;
    private final LayoutMemory memory;
    private final Look look;
    private final Dialogs dialogs;
    private final DataSight sight;
    private final Background background;
    private final Texts texts = Texts.beside(WorkbenchWindow.class);
    private final WorkspaceViewModel workspace;
    private final UiPump pump = new UiPump();
    private final PictureMaker pictures;
    private final Follower follower = new Follower();
    private final ShellActions shellActions;
    private final ActionRegistry actions;
    private final InspectorViewModel inspector;
    private final StatusViewModel status = new StatusViewModel();
    private final TreeCanvas tree;
    private final Minimap minimap;
    private final TreePane treePane;
    private final LossChart chart;
    private final OutlineView outline = new OutlineView();
    private final StudiesView studiesView;
    private final LeaderboardView leaderboard = new LeaderboardView();
    private final LogView log = new LogView();
    private final SplitPane left = new SplitPane();
    private final SplitPane across = new SplitPane();
    private final SplitPane down = new SplitPane();
    private final SplitPane beside = new SplitPane();
    private final ModelWindows models;
    private final @Nullable SnapshotTaker snapshot;
    private final Set<StudyId> watched = new HashSet<>();
    private Runnable afterClose = () -> { };

    /// @param workers does what may touch the disk
    /// @param dialogs makes what asks the person
    public WorkbenchWindow(Stage stage, Studies studies, Models models, DataSight sight, WorkbenchOptions options,
            Executor workers, BiFunction<Stage, Look, Dialogs> dialogs) {
        this.stage = stage;
        this.options = options;
        memory = new LayoutMemory(options.memory());
        look = new Look(memory.wish(), System.getenv("XDG_CURRENT_DESKTOP") != null || !isUnix());
        this.dialogs = dialogs.apply(stage, look);
        this.sight = sight;
        background = new Background(workers, Platform::runLater, this.dialogs::error);
        workspace = new WorkspaceViewModel(studies, background);
        this.models = new ModelWindows(models, background, this.dialogs, look, stage);
        pictures = new PictureMaker(workers);
        inspector = new InspectorViewModel(workspace);
        tree = new TreeCanvas(look.canvas());
        minimap = new Minimap(tree, look.canvas());
        chart = new LossChart(look.canvas());
        studiesView = new StudiesView(workspace.studies(), id -> workspace.open(id, _ -> { }));
        shellActions = new ShellActions(this);
        actions = shellActions.registry(texts, look);
        treePane = new TreePane(tree, minimap, actions, texts);
        snapshot = options.snapshot() == null ? null : new SnapshotTaker(options.snapshot());
    }

    /// Shows the window and does what the options ask for.
    ///
    /// @param closed called once the window is closed for good
    public void show(Runnable closed) {
        afterClose = closed;
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        Scene scene = new Scene(frame(), Math.min(screen.getWidth(), memory.number("width", WIDTH)),
                Math.min(screen.getHeight() - TITLE_BAR, memory.number("height", HEIGHT)));
        look.dress(scene);
        look.themeProperty().addListener((_, _, now) -> recolour(now.canvas()));
        Thread.currentThread().setUncaughtExceptionHandler((_, fault) -> unexpected(fault));
        workspace.currentProperty().addListener((_, _, now) -> showStudy(now));
        tree.selectedProperty().addListener((_, _, now) -> selectedOnCanvas(now));
        startPump(scene);
        acceptFiles(scene);
        stage.setTitle(texts.get("title"));
        stage.getIcons().add(new Image(String.valueOf(WorkbenchWindow.class.getResource("icon.png"))));
        stage.setMinWidth(900);
        stage.setMinHeight(600);
        stage.setScene(scene);
        stage.setOnCloseRequest(e -> {
            e.consume();
            requestClose();
        });
        stage.show();
        ProcessHandle.current().info().startInstant().ifPresent(start ->
                LOG.info("first window {} ms after the start", Duration.between(start, Instant.now()).toMillis()));
        afterLayout(scene, this::placeDividers);
        begin();
    }

    public TreeCanvas tree() {
        return tree;
    }

    public LossChart chart() {
        return chart;
    }

    public WorkspaceViewModel workspace() {
        return workspace;
    }

    /// Closes the window; asks first when workers are running.
    public void requestClose() {
        workspace.runningWorkers(running -> {
            Closing closing = running.isEmpty() ? Closing.LEAVE_RUNNING : dialogs.askClosing(running);
            switch (closing) {
                case STAY -> { }
                case LEAVE_RUNNING -> close();
                case STOP_WORKERS -> {
                    treePane.toast().show(texts.get("toast.stopping"));
                    workspace.stopAll(running, STOP_SECONDS, this::close);
                }
            }
        }, _ -> close());
    }

    void newStudy() {
        newStudy(null);
    }

    private void newStudy(@Nullable Path opened) {
        new NewStudyDialog(workspace, sight, background, dialogs, look, options.missions()).show(stage, opened);
    }

    /// A file that is dropped on the window is a mission, or data to make one of.
    private void acceptFiles(Scene scene) {
        scene.setOnDragOver(drag -> {
            if (drag.getDragboard().hasFiles()) {
                drag.acceptTransferModes(TransferMode.COPY);
            }
        });
        scene.setOnDragDropped(drag -> {
            drag.setDropCompleted(drag.getDragboard().hasFiles());
            drag.getDragboard().getFiles().stream().findFirst().map(File::toPath).ifPresent(this::newStudy);
        });
    }

    void resume() {
        workspace.resume(dialogs::error);
    }

    void writeReport() {
        workspace.writeReport(path -> tellOfFile("toast.report", path));
    }

    void bundle() {
        workspace.bundle(path -> tellOfFile("toast.bundle", path));
    }

    private void tellOfFile(String toast, Path path) {
        treePane.toast().show(texts.get(toast, path), texts.get("toast.copy"), () -> {
            javafx.scene.input.ClipboardContent content = new javafx.scene.input.ClipboardContent();
            content.putString(path.toString());
            javafx.scene.input.Clipboard.getSystemClipboard().setContent(content);
        });
    }

    void exportModel() {
        StudyViewModel study = workspace.current();
        Node node = selected();
        if (study != null && node != null) {
            models.export(study, node.id(), written -> treePane.toast().show(texts.get("toast.exported", written)));
        }
    }

    void chat() {
        StudyViewModel study = workspace.current();
        Node node = selected();
        if (study != null && node != null) {
            models.chat(study, node.id());
        }
    }

    void engines() {
        models.engines();
    }

    void approve() {
        inspector.approve();
    }

    void prune() {
        Node node = selected();
        if (node != null) {
            workspace.prune(node.id(), true);
            int below = subtreeSize(node.id()) - 1;
            treePane.toast().show(texts.get("toast.pruned", node.id(), below), texts.get("toast.undo"),
                    () -> workspace.prune(node.id(), false));
        }
    }

    void restore() {
        Node node = selected();
        if (node != null) {
            workspace.prune(node.id(), false);
            treePane.toast().show(texts.get("toast.restored", node.id()), texts.get("toast.undo"),
                    () -> workspace.prune(node.id(), true));
        }
    }

    void boost() {
        Node node = selected();
        if (node != null) {
            workspace.boost(node.id());
            treePane.toast().show(texts.get("toast.boosted", node.id()));
        }
    }

    void goToBest() {
        StudyViewModel study = workspace.current();
        if (study != null) {
            study.tree().best(study.resultProperty().get()).ifPresent(best -> {
                study.selectedProperty().set(best.id());
                tree.reveal(best.id());
            });
        }
    }

    void centre() {
        Node node = selected();
        if (node != null) {
            tree.centre(node.id());
        }
    }

    void palette() {
        new CommandPalette(actions, this::places, look).show(stage);
    }

    void resetLayout() {
        place(BESIDE, DOWN, ACROSS, LEFT);
    }

    private Parent frame() {
        Parent inspectorView = ViewLoader.load(new InspectorController(inspector));
        Parent statusBar = ViewLoader.load(new StatusController(status, workspace));
        left.setOrientation(Orientation.VERTICAL);
        left.getItems().setAll(studiesView, outline);
        left.setMinWidth(150);
        across.getItems().setAll(left, treePane);
        down.setOrientation(Orientation.VERTICAL);
        down.getItems().setAll(across, tabs());
        beside.getItems().setAll(down, inspectorView);
        SplitPane.setResizableWithParent(left, false);
        SplitPane.setResizableWithParent(inspectorView, false);
        tree.setOnContextMenuRequested(e -> contextMenu().show(tree, e.getScreenX(), e.getScreenY()));
        BorderPane frame = new BorderPane(beside, new VBox(menuBar(), toolBar()), null, statusBar, null);
        frame.getStyleClass().add("workbench");
        return frame;
    }

    private MenuBar menuBar() {
        String line = ActionRegistry.SEPARATOR;
        return new MenuBar(
                actions.menu("menu.file", "new", "report", "bundle", "export", "chat", line, "engines", line, "quit"),
                actions.menu("menu.study", "approve", line, "resume", "stop", "finish"),
                actions.menu("menu.tree", "boost", "prune", "restore", line, "best", "centre", "fit", "zoom-in", "zoom-out"),
                actions.menu("menu.view", "palette", line, "theme-system", "theme-dark", "theme-light", line, "layout"));
    }

    private ToolBar toolBar() {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        ToolBar bar = new ToolBar(actions.button("new"), line(), actions.button("resume"), actions.button("stop"),
                actions.button("finish"), line(), actions.button("prune"), actions.button("restore"),
                actions.button("best"), gap, actions.button("report"), actions.button("palette"));
        bar.getItems().stream().filter(javafx.scene.control.Button.class::isInstance)
                .forEach(b -> b.getStyleClass().add("flat"));
        return bar;
    }

    private static Separator line() {
        return new Separator(Orientation.VERTICAL);
    }

    private TabPane tabs() {
        TabPane tabs = new TabPane(tab("tab.loss", chart), tab("tab.leaderboard", leaderboard), tab("tab.log", log));
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setMinHeight(90);
        tabs.getStyleClass().add("bottom-tabs");
        return tabs;
    }

    private Tab tab(String key, javafx.scene.Node content) {
        Tab tab = new Tab(texts.get(key), content);
        tab.setId(key.replace('.', '-'));
        return tab;
    }

    private ContextMenu contextMenu() {
        ContextMenu menu = new ContextMenu();
        for (String id : List.of("chat", "export", "boost", "prune", "restore", "centre", "best", "fit")) {
            if (actions.get(id).enabled().get()) {
                var item = actions.menuItem(id);
                item.setId("context-" + id);
                item.setAccelerator(null);
                menu.getItems().add(item);
            }
        }
        return menu;
    }

    private void startPump(Scene scene) {
        pump.onPulse(workspace::drain);
        pump.onPulse(this::takePicture);
        pump.onPulse(tree::pulse);
        pump.onPulse(minimap::pulse);
        pump.every(0.1, chart::pulse);
        pump.every(0.25, this::tick);
        SnapshotTaker taker = snapshot;
        if (taker != null) {
            pump.every(0.5, () -> {
                if (taker.look(scene, workspace.current()) && options.snapshot() != null && options.snapshot().thenClose()) {
                    close();
                }
            });
        }
        pump.start();
    }

    private void takePicture() {
        TreePicture picture = pictures.poll();
        if (picture != null) {
            tree.show(picture);
        }
    }

    private void tick() {
        StudyViewModel study = workspace.current();
        status.refresh(study);
        inspector.tick();
        treePane.refresh(study);
        shellActions.refresh(study);
        if (study != null && !study.activeRuns().isEmpty()) {
            tree.repaintSoon();
        }
    }

    private void begin() {
        WorkbenchOptions.Start start = options.start();
        if (start != null) {
            workspace.start(start.mission(), start.settings(), () -> { }, dialogs::error);
        } else if (options.open() != null) {
            workspace.open(options.open(), this::goOn);
        } else {
            workspace.refresh(this::openNewest);
        }
    }

    private void openNewest(List<Study> studies) {
        if (!studies.isEmpty()) {
            workspace.open(studies.getFirst().id(), study -> {
                boolean leftRunning = !study.activeRuns().isEmpty(); // by a window that closed over its workers
                if (leftRunning || study.stateProperty().get() != StudyState.STOPPED) {
                    goOn(study);
                }
            });
        }
    }

    private void goOn(StudyViewModel study) {
        if (study.stateProperty().get() != StudyState.FINISHED) {
            workspace.resume(sentence -> treePane.toast().show(sentence));
        }
    }

    private void showStudy(@Nullable StudyViewModel study) {
        studiesView.mark(study == null ? null : study.id());
        outline.show(study);
        leaderboard.show(study);
        log.show(study == null ? javafx.collections.FXCollections.observableArrayList() : study.log());
        tree.show(TreePicture.EMPTY);
        tree.fit();
        if (study != null) {
            stage.setTitle(texts.get("title.study", study.mission().name()));
            tree.progress(study::progress);
            watch(study);
            follower.follow(study);
            treeChanged(study);
            selectionMoved(study);
        }
        tick();
    }

    private void watch(StudyViewModel study) {
        if (!watched.add(study.id())) {
            return;
        }
        study.log().addListener((ListChangeListener<LogLine>) change -> {
            while (change.next()) {
                change.getAddedSubList().stream().filter(l -> l.level() == StudyEvent.Level.ERROR)
                        .forEach(l -> dialogs.error(l.text()));
            }
        });
        study.treeProperty().addListener((_, _, _) -> ifShown(study, () -> treeChanged(study)));
        study.resultProperty().addListener((_, _, _) -> ifShown(study, () -> treeChanged(study)));
        study.selectedProperty().addListener((_, _, _) -> ifShown(study, () -> selectionMoved(study)));
        study.stateProperty().addListener((_, _, _) -> ifShown(study, () -> follower.follow(study)));
        study.proposalProperty().addListener((_, _, now) -> ifShown(study, () -> {
            if (now != null) {
                follower.proposed(study, now.node().id());
            }
            inspector.refresh(study);
        }));
    }

    private void ifShown(StudyViewModel study, Runnable act) {
        if (workspace.current() == study) {
            act.run();
        }
    }

    private void treeChanged(StudyViewModel study) {
        pictures.want(study.tree(), study.mission(), study.resultProperty().get());
        outline.update(study.tree());
        leaderboard.update(study.tree());
        follower.follow(study);
        inspector.refresh(study);
        chart.show(Curves.of(study));
        tick();
    }

    private void selectionMoved(StudyViewModel study) {
        NodeId selected = study.selectedProperty().get();
        tree.selectedProperty().set(selected);
        outline.select(selected);
        leaderboard.select(selected);
        inspector.refresh(study);
        Node node = study.selectedNode();
        if (node != null) {
            workspace.loadCurves(study, node.runs().stream().filter(r -> r.outcome() != null).toList());
        }
        chart.show(Curves.of(study));
        shellActions.refresh(study);
    }

    private void selectedOnCanvas(@Nullable NodeId chosen) {
        StudyViewModel study = workspace.current();
        if (study != null && chosen != null) {
            study.selectedProperty().set(chosen);
        }
    }

    private @Nullable Node selected() {
        StudyViewModel study = workspace.current();
        return study == null ? null : study.selectedNode();
    }

    private int subtreeSize(NodeId root) {
        StudyViewModel study = workspace.current();
        if (study == null) {
            return 0;
        }
        boolean[] in = new boolean[study.tree().nodes().size()];
        int size = 0;
        for (Node node : study.tree().nodes()) {
            NodeId parent = node.parent();
            in[node.id().value()] = node.id().equals(root) || parent != null && in[parent.value()];
            size += in[node.id().value()] ? 1 : 0;
        }
        return size;
    }

    private List<CommandPalette.Entry> places() {
        StudyViewModel study = workspace.current();
        if (study == null) {
            return List.of();
        }
        return study.tree().nodes().stream().map(n -> new CommandPalette.Entry(
                texts.get("palette.node", n.id(), Recipes.title(study.tree(), n, study.mission())), () -> {
                    study.selectedProperty().set(n.id());
                    tree.reveal(n.id());
                })).toList();
    }

    private void recolour(CanvasColours colours) {
        tree.recolour(colours);
        minimap.recolour(colours);
        chart.recolour(colours);
    }

    private static void afterLayout(Scene scene, Runnable act) {
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                scene.removePostLayoutPulseListener(this);
                act.run();
            }
        });
    }

    private void placeDividers() {
        place(memory.number("beside", BESIDE), memory.number("down", DOWN), memory.number("across", ACROSS),
                memory.number("left", LEFT));
    }

    /// From the outermost to the innermost: a place is a share of a width that must be known.
    private void place(double inspectorAt, double tabsAt, double treeAt, double outlineAt) {
        place(beside, inspectorAt);
        place(down, tabsAt);
        place(across, treeAt);
        place(left, outlineAt);
    }

    private void place(SplitPane pane, double at) {
        pane.setDividerPositions(at);
        stage.getScene().getRoot().layout();
    }

    private void remember() {
        memory.put("width", stage.getScene().getWidth());
        memory.put("height", stage.getScene().getHeight());
        memory.put("left", left.getDividerPositions()[0]);
        memory.put("across", across.getDividerPositions()[0]);
        memory.put("down", down.getDividerPositions()[0]);
        memory.put("beside", beside.getDividerPositions()[0]);
        memory.put("theme", look.wishProperty().get());
        memory.save();
    }

    private void close() {
        pump.stop();
        models.close();
        remember();
        stage.close();
        afterClose.run();
    }

    private void unexpected(Throwable fault) {
        LOG.error("unexpected fault on the screen's thread", fault);
        dialogs.error(texts.get("error.unexpected", fault.getClass().getSimpleName(), String.valueOf(fault.getMessage())));
    }

    private static boolean isUnix() {
        return System.getProperty("os.name", "").startsWith("Linux");
    }
}
