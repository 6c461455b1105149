package trex.gui.status;

import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import org.jspecify.annotations.Nullable;
import trex.gui.study.RunTrack;
import trex.gui.study.StudyViewModel;
import trex.gui.text.Figures;
import trex.gui.text.Texts;
import trex.model.Budget;
import trex.model.ExperimentTree;
import trex.model.NodeId;
import trex.model.Run;
import trex.model.RunEvent;
import trex.model.Spending;
import trex.model.StudyState;

/// Where the study stands, in a line.
public final class StatusViewModel {
    private final Texts texts = Texts.beside(StatusViewModel.class);
    private final ReadOnlyStringWrapper state = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper run = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper rounds = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper spending = new ReadOnlyStringWrapper("");
    private final DoubleProperty progress = new SimpleDoubleProperty();

    public ReadOnlyStringProperty stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// What the running run does and how long it will take.
    public ReadOnlyStringProperty runProperty() {
        return run.getReadOnlyProperty();
    }

    /// Finished rounds of the budget's.
    public ReadOnlyStringProperty roundsProperty() {
        return rounds.getReadOnlyProperty();
    }

    /// Computing time spent, reserved and left.
    public ReadOnlyStringProperty spendingProperty() {
        return spending.getReadOnlyProperty();
    }

    /// Share of the running run, -1 where unknown, 0 where nothing runs.
    public DoubleProperty progressProperty() {
        return progress;
    }

    /// Takes over where `study` stands. Called a few times a second.
    public void refresh(@Nullable StudyViewModel study) {
        if (study == null) {
            state.set(texts.get("none"));
            run.set("");
            rounds.set("");
            spending.set("");
            progress.set(0);
            return;
        }
        state.set(state(study));
        rounds.set(texts.get("rounds", study.rounds(), study.mission().budget().rounds()));
        Spending s = study.spendingProperty().get();
        spending.set(spending(s) + takenOver(study.tree()) + more(study.mission().budget(), s));
        refreshRun(study);
    }

    private String takenOver(ExperimentTree tree) {
        double seconds = tree.takenOverSeconds();
        return seconds < 0.5 ? "" : texts.get("spending.taken", Figures.duration(seconds));
    }

    /// Parts that add up to the budget.
    private String spending(Spending s) {
        String spent = Figures.duration(s.spentSeconds());
        String budget = Figures.duration(s.budgetSeconds());
        String left = Figures.duration(s.leftSeconds());
        return s.reservedSeconds() < 0.5
                ? texts.get("spending", spent, budget, left)
                : texts.get("spending.reserved", spent, budget, Figures.duration(s.reservedSeconds()), left);
    }

    /// Money, tokens and disk, where the mission speaks of them.
    private String more(Budget budget, Spending s) {
        String money = budget.pricePerHour() == 0 ? "" : texts.get(budget.money() == 0 ? "spending.price" : "spending.money",
                Figures.money(budget.price(s.spentSeconds())), Figures.money(budget.money()));
        return money + (budget.tokens() == 0 ? ""
                : texts.get("spending.tokens", Long.toString(s.spentTokens()), Long.toString(budget.tokens())))
                + (budget.disk() == 0 ? ""
                        : texts.get("spending.disk", Figures.bytes(s.disk().held()), Figures.bytes(budget.disk())));
    }

    private String state(StudyViewModel study) {
        boolean here = study.controlProperty().get() != null;
        return switch (study.stateProperty().get()) {
            case PREPARING -> texts.get(here ? "state.preparing" : "state.left");
            case RUNNING -> study.proposalProperty().get() != null ? texts.get("state.waiting")
                    : texts.get(here ? "state.running" : "state.left");
            case STOPPED -> texts.get("state.stopped");
            case FINISHED -> texts.get(study.tree().whyNothingCame().isPresent() ? "state.fruitless" : "state.finished");
        };
    }

    private void refreshRun(StudyViewModel study) {
        List<Run> active = study.activeRuns();
        if (active.isEmpty() || study.controlProperty().get() == null) {
            refreshPhase(study);
            return;
        }
        Run first = active.getFirst();
        RunTrack track = study.tracks().find(first.id());
        NodeId node = first.node();
        RunEvent.Step step = track == null ? null : track.step();
        RunEvent.Phase phase = track == null ? null : track.phase();
        String more = active.size() > 1 ? texts.get("more", active.size() - 1) : "";
        if (track != null && step != null) {
            run.set(texts.get("run.step", node, step.step(), step.steps(), Figures.compact(step.examplesPerSecond()),
                    Figures.duration(track.secondsLeft())) + more);
            progress.set(track.fraction());
        } else {
            run.set(node + "  " + (phase == null ? texts.get("run.starting") : phase.text()) + more);
            progress.set(track == null ? -1 : track.fraction());
        }
    }

    private void refreshPhase(StudyViewModel study) {
        RunEvent.Phase phase = study.phaseProperty().get();
        boolean busy = study.stateProperty().get() == StudyState.PREPARING && study.controlProperty().get() != null;
        run.set(busy && phase != null ? phase.text() : "");
        progress.set(busy ? phase == null ? -1 : phase.fraction() : 0);
    }
}
