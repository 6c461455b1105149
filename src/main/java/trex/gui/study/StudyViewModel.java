package trex.gui.study;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import trex.gui.text.Figures;
import trex.loop.StudyControl;
import trex.loop.StudyEvent;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Run;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Spending;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudySettings;
import trex.model.StudyState;

/// One study as all views see it. Lives on the screen's thread; [#drain()] brings it up to date.
public final class StudyViewModel {
    private static final int LOG_LINES = 5000;

    private final StudyId id;
    private final Mission mission;
    private final StudyFeed feed;
    private final ReadOnlyObjectWrapper<@Nullable StudyControl> control = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ExperimentTree> tree;
    private final ReadOnlyObjectWrapper<StudyState> state;
    private final ReadOnlyObjectWrapper<Spending> spending;
    private final ReadOnlyObjectWrapper<@Nullable Proposal> proposal = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable StudyResult> result;
    private final ReadOnlyObjectWrapper<StudySettings> settings;
    private final ObjectProperty<@Nullable NodeId> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<RunEvent.@Nullable Phase> phase = new ReadOnlyObjectWrapper<>();
    private final ObservableList<LogLine> log = FXCollections.observableArrayList();

    /// @param tree the snapshot to begin with
    /// @param feed where the study's events arrive; a silent one for a study that does not run here
    public StudyViewModel(Study study, ExperimentTree tree, StudyFeed feed) {
        id = study.id();
        mission = study.mission();
        this.feed = feed;
        this.tree = new ReadOnlyObjectWrapper<>(tree);
        state = new ReadOnlyObjectWrapper<>(study.state());
        spending = new ReadOnlyObjectWrapper<>(study.spending());
        result = new ReadOnlyObjectWrapper<>(study.result());
        settings = new ReadOnlyObjectWrapper<>(study.settings());
        this.tree.addListener((_, _, now) -> forgetSettledProposal(now));
    }

    public StudyId id() {
        return id;
    }

    public Mission mission() {
        return mission;
    }

    StudyFeed feed() {
        return feed;
    }

    public RunTracks tracks() {
        return feed.tracks();
    }

    public ReadOnlyObjectProperty<ExperimentTree> treeProperty() {
        return tree.getReadOnlyProperty();
    }

    public ExperimentTree tree() {
        return tree.get();
    }

    public ReadOnlyObjectProperty<StudyState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Spending> spendingProperty() {
        return spending.getReadOnlyProperty();
    }

    /// The proposal that waits, or null.
    public ReadOnlyObjectProperty<@Nullable Proposal> proposalProperty() {
        return proposal.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable StudyResult> resultProperty() {
        return result.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<StudySettings> settingsProperty() {
        return settings.getReadOnlyProperty();
    }

    /// The node that every view shows; null for none.
    public ObjectProperty<@Nullable NodeId> selectedProperty() {
        return selected;
    }

    /// What the study's latest run or preparation is doing, or null.
    public ReadOnlyObjectProperty<RunEvent.@Nullable Phase> phaseProperty() {
        return phase.getReadOnlyProperty();
    }

    public ObservableList<LogLine> log() {
        return log;
    }

    /// The study's control, or null while it does not run in this window.
    public ReadOnlyObjectProperty<@Nullable StudyControl> controlProperty() {
        return control.getReadOnlyProperty();
    }

    public void attach(StudyControl running) {
        control.set(running);
    }

    public void changeSettings(StudySettings changed) {
        settings.set(changed);
    }

    /// The selected node as it is now, or null.
    public @Nullable Node selectedNode() {
        NodeId chosen = selected.get();
        return chosen == null || chosen.value() >= tree().nodes().size() ? null : tree().node(chosen);
    }

    /// Runs that are on their way, in the order of their nodes.
    public List<Run> activeRuns() {
        List<Run> active = new ArrayList<>();
        for (Node node : tree().nodes()) {
            node.runs().stream().filter(r -> r.outcome() == null).forEach(active::add);
        }
        return active;
    }

    /// How much of a node's runs is done, `0..1`.
    public double progress(int node) {
        if (node >= tree().nodes().size()) {
            return 0;
        }
        Node at = tree().nodes().get(node);
        int expected = Math.max(Math.max(1, at.strategy().variants().size()), at.runs().size());
        double done = 0;
        for (Run run : at.runs()) {
            RunTrack track = tracks().find(run.id());
            done += run.outcome() != null ? 1 : track == null ? 0 : Math.max(0, track.fraction());
        }
        return done / expected;
    }

    /// The node that a run belongs to, or null.
    public @Nullable NodeId nodeOf(RunId run) {
        for (Node node : tree().nodes()) {
            if (node.runs().stream().anyMatch(r -> r.id().equals(run))) {
                return node.id();
            }
        }
        return null;
    }

    /// Finished rounds, the baseline not counted.
    public int rounds() {
        return tree().rounds().finished();
    }

    /// Takes over what the study has said since the last pulse.
    public void drain() {
        feed.drain(this::hear);
    }

    private void hear(StudyEvent event) {
        switch (event) {
            case StudyEvent.TreeChanged(var changed) -> tree.set(changed);
            case StudyEvent.StateChanged(var changed) -> {
                state.set(changed);
                if (changed == StudyState.STOPPED || changed == StudyState.FINISHED) {
                    proposal.set(null);
                    control.set(null);
                }
            }
            case StudyEvent.AwaitingVerdict(var node, var seconds) ->
                    proposal.set(new Proposal(node, seconds, System.nanoTime()));
            case StudyEvent.SpendingChanged(var changed) -> spending.set(changed);
            case StudyEvent.Message(var level, var text) -> log(level, text);
            case StudyEvent.Finished(var finished) -> {
                result.set(finished);
                tree().whyNothingCame().ifPresent(why -> log(StudyEvent.Level.ERROR,
                        "No round of this study came to a score. The first one: " + why));
            }
            case StudyEvent.RunProgress(var run, var said) -> hearRun(run, said);
        }
    }

    private void hearRun(RunId run, RunEvent said) {
        NodeId node = nodeOf(run);
        String name = node == null ? run.value() : node.toString();
        switch (said) {
            case RunEvent.Notice(var text) -> log(StudyEvent.Level.INFO, name + "  " + text);
            case RunEvent.Validated(var step, var score) ->
                    log(StudyEvent.Level.INFO, name + "  step " + step + ": validation " + Figures.score(score));
            case RunEvent.Phase changed -> phase.set(changed);
            case RunEvent.Step _, RunEvent.Asked _ -> { }
        }
    }

    private void log(StudyEvent.Level level, String text) {
        if (log.size() >= LOG_LINES) {
            log.remove(0, LOG_LINES / 10);
        }
        log.add(new LogLine(LocalTime.now(ZoneId.systemDefault()), level, text));
    }

    private void forgetSettledProposal(ExperimentTree now) {
        Proposal waiting = proposal.get();
        if (waiting != null && waiting.node().id().value() < now.nodes().size()
                && now.node(waiting.node().id()).state() != NodeState.PROPOSED) {
            proposal.set(null);
        }
    }
}
