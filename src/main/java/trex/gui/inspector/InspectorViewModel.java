package trex.gui.inspector;

import java.util.List;
import java.util.Objects;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import trex.gui.study.Proposal;
import trex.gui.study.Recipes;
import trex.gui.study.StudyViewModel;
import trex.gui.study.WorkspaceViewModel;
import trex.gui.text.Figures;
import trex.gui.text.Texts;
import trex.loop.Forecast;
import trex.model.Approval;
import trex.model.Budget;
import trex.model.ExperimentTree;
import trex.model.FieldChange;
import trex.model.Node;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.Strategy;
import trex.model.Verdict;

/// The selected node in words and figures, and the person's verdict on it.
public final class InspectorViewModel {
    private final WorkspaceViewModel workspace;
    private final Texts texts = Texts.beside(InspectorViewModel.class);
    private final ReadOnlyObjectWrapper<@Nullable Node> node = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper heading = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper score = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper standing = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper waiting = new ReadOnlyStringWrapper("");
    private final ObservableList<FieldChange> changes = FXCollections.observableArrayList();
    private final ObservableList<RunRow> runs = FXCollections.observableArrayList();
    private final ObservableList<RecipeEditorViewModel> editors = FXCollections.observableArrayList();
    private final IntegerProperty variant = new SimpleIntegerProperty();
    private final ReadOnlyBooleanWrapper decidable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper leftBehind = new ReadOnlyBooleanWrapper();
    private final BooleanProperty rejecting = new SimpleBooleanProperty();
    private final StringProperty rejectReason = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper verdictError = new ReadOnlyStringWrapper("");
    private final Folds folds = new Folds();
    private @Nullable StudyViewModel study;
    private Forecast forecast = Forecast.UNKNOWN;
    private @Nullable Strategy forecastOf;

    public InspectorViewModel(WorkspaceViewModel workspace) {
        this.workspace = workspace;
        variant.addListener((_, _, _) -> showChanges());
        rejectReason.addListener((_, _, _) -> verdictError.set(""));
    }

    public ReadOnlyObjectProperty<@Nullable Node> nodeProperty() {
        return node.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty headingProperty() {
        return heading.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty scoreProperty() {
        return score.getReadOnlyProperty();
    }

    /// The score against the best, with what luck alone could explain.
    public ReadOnlyStringProperty standingProperty() {
        return standing.getReadOnlyProperty();
    }

    /// What a waiting proposal will cost, and when it approves itself.
    public ReadOnlyStringProperty waitingProperty() {
        return waiting.getReadOnlyProperty();
    }

    /// The shown variant's recipe as the difference from what the node departs from.
    public ObservableList<FieldChange> changes() {
        return changes;
    }

    public ObservableList<RunRow> runs() {
        return runs;
    }

    /// One editor a variant.
    public ObservableList<RecipeEditorViewModel> editors() {
        return editors;
    }

    /// Which variant is shown.
    public IntegerProperty variantProperty() {
        return variant;
    }

    /// Whether the node waits for a verdict.
    public ReadOnlyBooleanProperty decidableProperty() {
        return decidable.getReadOnlyProperty();
    }

    /// Whether the node has not ended and its study does not go on in this window.
    public ReadOnlyBooleanProperty leftBehindProperty() {
        return leftBehind.getReadOnlyProperty();
    }

    /// Whether the person is writing the reason of a rejection.
    public BooleanProperty rejectingProperty() {
        return rejecting;
    }

    public StringProperty rejectReasonProperty() {
        return rejectReason;
    }

    /// Why the verdict was not given, or empty.
    public ReadOnlyStringProperty verdictErrorProperty() {
        return verdictError.getReadOnlyProperty();
    }

    /// Shows the study's selected node as it is now. Edits survive as long as the proposal is the
    /// same.
    public void refresh(@Nullable StudyViewModel shown) {
        Node before = node.get();
        Node now = shown == null ? null : shown.selectedNode();
        boolean same = shown == study && before != null && now != null && before.id().equals(now.id())
                && before.strategy().equals(now.strategy()) && editors.isEmpty() == now.strategy().variants().isEmpty();
        study = shown;
        node.set(now);
        if (shown == null || now == null) {
            editors.clear();
            decidable.set(false);
            return;
        }
        describe(shown, now);
        if (!same) {
            rejecting.set(false);
            rejectReason.set("");
            verdictError.set("");
            edit(shown, now);
        }
        tick();
    }

    /// Brings what changes with time up to date.
    public void tick() {
        Node now = node.get();
        StudyViewModel shown = study;
        if (now == null || shown == null) {
            return;
        }
        List<RunRow> rows = RunRow.of(now, r -> shown.tracks().find(r.id()));
        if (!rows.equals(runs)) {
            runs.setAll(rows);
        }
        Proposal proposal = shown.proposalProperty().get();
        boolean waits = proposal != null && proposal.node().id().equals(now.id()) && now.state() == NodeState.PROPOSED;
        decidable.set(waits);
        leftBehind.set(!now.state().isFinal() && shown.controlProperty().get() == null);
        waiting.set(waits && proposal != null ? waiting(proposal, shown.settingsProperty().get().approval()) : "");
    }

    /// Approves the proposal as edited.
    public void approve() {
        Node now = node.get();
        if (now == null || !decidable.get()) {
            return;
        }
        for (int i = 0; i < editors.size(); i++) {
            if (!editors.get(i).validProperty().get()) {
                variant.set(i);
                verdictError.set(texts.get("approve.invalid"));
                return;
            }
        }
        List<Recipe> edited = recipes();
        Strategy strategy = now.strategy();
        workspace.decide(now.id(), new Verdict.Approved(
                edited.equals(strategy.variants()) ? strategy : strategy.withVariants(edited)));
        settled();
    }

    /// Rejects the proposal with the reason written so far; refuses an empty one.
    public void reject() {
        Node now = node.get();
        if (now == null || !decidable.get()) {
            return;
        }
        if (rejectReason.get().isBlank()) {
            verdictError.set(texts.get("reject.empty"));
            return;
        }
        workspace.decide(now.id(), new Verdict.Rejected(rejectReason.get().strip()));
        settled();
    }

    public void cancelReject() {
        rejecting.set(false);
        verdictError.set("");
    }

    private void settled() {
        rejecting.set(false);
        rejectReason.set("");
        verdictError.set("");
        decidable.set(false);
    }

    private void describe(StudyViewModel shown, Node now) {
        ExperimentTree tree = shown.tree();
        heading.set(now.id() + "  " + Recipes.title(tree, now, shown.mission()));
        score.set(now.score() == null ? "" : Figures.measured(now));
        standing.set(standing(tree, now));
    }

    private String standing(ExperimentTree tree, Node now) {
        Node best = tree.best().orElse(null);
        if (best == null || best.score() == null || now.score() == null) {
            return "";
        }
        String metric = now.score().metric().id() + ", n = " + now.score().n();
        if (best.id().equals(now.id())) {
            return texts.get("standing.best", metric);
        }
        String distance = Figures.value(Math.abs(now.score().value() - best.score().value()));
        return texts.get(now.score().withinNoiseOf(best.score()) ? "standing.noise" : "standing.behind", metric, distance,
                best.id().toString());
    }

    private void edit(StudyViewModel shown, Node now) {
        Recipe reference = Recipes.reference(shown.tree(), now, shown.mission());
        editors.setAll(now.strategy().variants().stream()
                .map(r -> new RecipeEditorViewModel(r, reference, shown.mission(), folds)).toList());
        editors.forEach(e -> e.recipeProperty().addListener((_, _, _) -> {
            showChanges();
            askForecast(shown, now);
        }));
        editors.forEach(e -> e.validProperty().addListener((_, _, _) -> verdictError.set("")));
        Recipe best = Recipes.best(shown.tree(), now);
        variant.set(best == null ? 0 : Math.max(0, now.strategy().variants().indexOf(best)));
        showChanges();
        forecast = Forecast.UNKNOWN;
        askForecast(shown, now);
    }

    private void showChanges() {
        StudyViewModel shown = study;
        Node now = node.get();
        if (shown == null || now == null || variant.get() >= editors.size()) {
            changes.clear();
            return;
        }
        Recipe edited = Objects.requireNonNull(editors.get(variant.get()).recipeProperty().get());
        changes.setAll(edited.differenceFrom(Recipes.reference(shown.tree(), now, shown.mission())));
    }

    /// What the recipes as edited would take, and what would then be left.
    private String whatIf() {
        StudyViewModel shown = study;
        if (shown == null || Double.isNaN(forecast.seconds())) {
            return "";
        }
        Budget budget = shown.mission().budget();
        return texts.get("waiting.edited", Figures.duration(forecast.seconds()))
                + (budget.pricePerHour() == 0 ? "" : texts.get("waiting.price", Figures.money(forecast.price())))
                + (budget.tokens() == 0 ? "" : texts.get("waiting.tokens", Long.toString(Math.round(forecast.tokens()))))
                + (forecast.disk() > 0 ? texts.get("waiting.disk", Figures.bytes(Math.round(forecast.disk()))) : "")
                + (forecast.fits() ? texts.get("waiting.left", Figures.duration(forecast.secondsLeft()))
                        : texts.get("waiting.toodear"));
    }

    /// Only the answer to the last question counts.
    private void askForecast(StudyViewModel shown, Node now) {
        forecastOf = null;
        if (now.state() == NodeState.PROPOSED) {
            Strategy edited = now.strategy().withVariants(recipes());
            forecastOf = edited;
            workspace.forecast(shown, edited, found -> {
                if (forecastOf == edited) {
                    forecast = found;
                    tick();
                }
            });
        }
    }

    private List<Recipe> recipes() {
        return editors.stream().map(e -> Objects.requireNonNull(e.recipeProperty().get())).toList();
    }

    private String waiting(Proposal proposal, Approval approval) {
        String cost = Double.isNaN(proposal.estimatedSeconds())
                ? texts.get("waiting.unknown")
                : texts.get("waiting.cost", Figures.duration(proposal.estimatedSeconds())) + whatIf();
        if (approval.mode() != Approval.Mode.AFTER_DELAY) {
            return cost;
        }
        double left = approval.seconds() - (System.nanoTime() - proposal.sinceNanos()) / 1e9;
        return cost + texts.get("waiting.delay", Figures.duration(Math.max(0, left)));
    }
}
