package trex.gui.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import trex.gui.dialog.Background;
import trex.loop.Forecast;
import trex.loop.Studies;
import trex.loop.StudyControl;
import trex.model.Approval;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.NodeId;
import trex.model.Run;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.Verdict;
import trex.model.Work;

/// The studies of the home folder, the ones that are open, and what the person does to them.
public final class WorkspaceViewModel {
    private final Studies studies;
    private final Background background;
    private final ObservableList<Study> list = FXCollections.observableArrayList();
    private final Map<StudyId, StudyViewModel> open = new LinkedHashMap<>();
    private final ReadOnlyObjectWrapper<@Nullable StudyViewModel> current = new ReadOnlyObjectWrapper<>();

    public WorkspaceViewModel(Studies studies, Background background) {
        this.studies = studies;
        this.background = background;
    }

    /// All studies, newest first.
    public ObservableList<Study> studies() {
        return list;
    }

    /// The study that the views show, or null.
    public ReadOnlyObjectProperty<@Nullable StudyViewModel> currentProperty() {
        return current.getReadOnlyProperty();
    }

    public @Nullable StudyViewModel current() {
        return current.get();
    }

    public void refresh() {
        refresh(_ -> { });
    }

    public void refresh(Consumer<List<Study>> then) {
        background.call(studies::list, found -> {
            list.setAll(found);
            then.accept(found);
        });
    }

    /// Shows a study; reads it first if it is not open yet.
    public void open(StudyId id, Consumer<StudyViewModel> then) {
        StudyViewModel known = open.get(id);
        if (known != null) {
            current.set(known);
            then.accept(known);
            return;
        }
        background.call(() -> new Opened(studies.list(), studies.tree(id)), opened -> {
            list.setAll(opened.studies());
            opened.studies().stream().filter(s -> s.id().equals(id)).findFirst().ifPresent(study -> {
                StudyViewModel model = adopt(study, opened.tree(), new StudyFeed());
                then.accept(model);
            });
        });
    }

    /// Reads a mission file.
    public void readMission(Path file, Consumer<Mission> then, Consumer<String> refused) {
        background.call(() -> studies.readMission(file), then, refused);
    }

    public void start(Mission mission, StudySettings settings, Runnable started, Consumer<String> refused) {
        StudyFeed feed = new StudyFeed();
        background.call(() -> {
            StudyControl control = studies.start(mission, settings, feed);
            return new Started(control, studies.list(), studies.tree(control.id()));
        }, running -> {
            list.setAll(running.studies());
            running.studies().stream().filter(s -> s.id().equals(running.control().id())).findFirst()
                    .ifPresent(study -> adopt(study, running.tree(), feed).attach(running.control()));
            started.run();
        }, refused);
    }

    /// Goes on with the current study.
    public void resume(Consumer<String> refused) {
        StudyViewModel study = current.get();
        if (study != null && study.controlProperty().get() == null) {
            background.call(() -> studies.resume(study.id(), study.feed()), control -> {
                study.attach(control);
                refresh();
            }, refused);
        }
    }

    public void stop() {
        withControl(StudyControl::stop);
    }

    public void finish() {
        withControl(StudyControl::finish);
    }

    public void decide(NodeId node, Verdict verdict) {
        withControl(control -> control.decide(node, verdict));
    }

    public void prune(NodeId node, boolean pruned) {
        withControl(control -> control.prune(node, pruned));
    }

    /// Makes the next proposal depart from `node`.
    public void boost(NodeId node) {
        withControl(control -> control.boost(node));
    }

    public void approval(Approval approval) {
        StudyViewModel study = current.get();
        if (study != null && !study.settingsProperty().get().approval().equals(approval)) {
            StudySettings changed = study.settingsProperty().get().withApproval(approval);
            study.changeSettings(changed);
            withControl(control -> control.change(changed));
        }
    }

    public void writeReport(Consumer<Path> then) {
        StudyViewModel study = current.get();
        if (study != null) {
            background.call(() -> studies.writeReport(study.id()), then);
        }
    }

    /// Packs the study into a file beside its report.
    public void bundle(Consumer<Path> then) {
        StudyViewModel study = current.get();
        if (study != null) {
            background.call(() -> {
                Path file = studies.writeReport(study.id()).resolveSibling(study.id() + ".zip");
                studies.bundle(study.id(), file);
                return file;
            }, then);
        }
    }

    /// Reads the events of ended training runs whose curves are not here yet.
    public void loadCurves(StudyViewModel study, List<Run> runs) {
        for (Run run : runs) {
            if (run.work() instanceof Work.Train && run.outcome() != null && study.tracks().find(run.id()) == null) {
                RunTrack track = study.tracks().of(run.id());
                background.call(() -> studies.events(study.id(), run.id()), events -> tell(track, events));
            }
        }
    }

    /// What a strategy would take; silent about a study that does not run in this window.
    public void forecast(StudyViewModel study, Strategy strategy, Consumer<Forecast> then) {
        StudyControl control = study.controlProperty().get();
        if (control != null) {
            background.call(() -> control.forecast(strategy), then);
        }
    }

    /// Brings every open study up to date. Called once a pulse.
    public void drain() {
        open.values().forEach(StudyViewModel::drain);
    }

    /// The workers that run now, here or left by another start.
    public void runningWorkers(Consumer<List<RunId>> then, Consumer<String> refused) {
        background.call(studies::runningWorkers, then, refused);
    }

    /// Stops all open studies and the given workers, and waits until these have ended.
    ///
    /// @param limitSeconds how long to wait
    public void stopAll(List<RunId> workers, int limitSeconds, Runnable then) {
        List<StudyControl> controls = open.values().stream()
                .map(s -> s.controlProperty().get()).filter(java.util.Objects::nonNull).toList();
        background.call(() -> {
            controls.forEach(StudyControl::stop);
            workers.forEach(studies::stopWorker);
            long limit = System.nanoTime() + limitSeconds * 1_000_000_000L;
            while (!studies.runningWorkers().isEmpty() && System.nanoTime() < limit) {
                Thread.sleep(100);
            }
            return true;
        }, _ -> then.run());
    }

    private static void tell(RunTrack track, List<RunEvent> events) {
        events.forEach(e -> track.hear(e, System.nanoTime()));
    }

    private StudyViewModel adopt(Study study, ExperimentTree tree, StudyFeed feed) {
        StudyViewModel model = new StudyViewModel(study, tree, feed);
        open.put(study.id(), model);
        model.stateProperty().addListener((_, _, _) -> refresh());
        current.set(model);
        return model;
    }

    private void withControl(Consumer<StudyControl> act) {
        StudyViewModel study = current.get();
        StudyControl control = study == null ? null : study.controlProperty().get();
        if (control != null) {
            background.run(() -> act.accept(control));
        }
    }

    private record Opened(List<Study> studies, ExperimentTree tree) {}

    private record Started(StudyControl control, List<Study> studies, ExperimentTree tree) {}
}
