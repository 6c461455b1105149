package trex.gui.models;

import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import org.jspecify.annotations.Nullable;
import trex.gui.text.Texts;

/// Binds the dialog of the library for graphics cards.
public final class EngineController {
    private final EngineViewModel model;
    private final Runnable close;
    private final Texts texts = Texts.beside(EngineController.class);

    @FXML private Label heading;
    @FXML private Label state;
    @FXML private Label licences;
    @FXML private Label hindrance;
    @FXML private CheckBox accept;
    @FXML private ProgressBar progress;
    @FXML private Label doing;
    @FXML private Label error;
    @FXML private Button remove;
    @FXML private Button cancel;
    @FXML private Button install;

    public EngineController(EngineViewModel model, Runnable close) {
        this.model = model;
        this.close = close;
    }

    @FXML
    private void initialize() {
        accept.selectedProperty().bindBidirectional(model.acceptedProperty());
        progress.progressProperty().bind(model.progressProperty());
        progress.visibleProperty().bind(model.busyProperty());
        doing.textProperty().bind(model.doingProperty());
        error.textProperty().bind(model.errorProperty());
        cancel.textProperty().bind(Bindings.when(model.busyProperty())
                .then(texts.get("engine.cancel")).otherwise(texts.get("engine.close")));
        model.offerProperty().subscribe(this::show);
        model.busyProperty().subscribe(_ -> show(model.offerProperty().get()));
    }

    private void show(Engines.@Nullable Offer offer) {
        boolean there = offer != null && offer.installed();
        boolean busy = model.busyProperty().get();
        remove.setDisable(busy || !there);
        install.setDisable(busy || there || offer == null);
        accept.setDisable(busy || there);
        if (offer != null) {
            heading.setText(offer.title());
            state.setText(texts.get(there ? "engine.there" : "engine.would", offer.folder(),
                    EngineViewModel.gigabytes(offer.downloadBytes()), EngineViewModel.gigabytes(offer.installedBytes())));
            licences.setText(String.join("\n", offer.licences()));
            hindrance.setText(offer.hindrance().isEmpty() ? "" : texts.get("engine.hindrance", offer.hindrance()));
        }
    }

    @FXML
    private void install() {
        model.install();
    }

    @FXML
    private void remove() {
        model.remove();
    }

    @FXML
    private void cancel() {
        if (model.busyProperty().get()) {
            model.cancel();
        } else {
            close.run();
        }
    }
}
