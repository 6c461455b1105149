package trex.gui.models;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import trex.gui.dialog.Background;
import trex.gui.text.Texts;

/// Installs the numeric library for graphics cards, or removes it. What is wrong is said in place.
public final class EngineViewModel {
    private static final long REDRAW_NANOS = 100_000_000;

    private final Engines engines;
    private final Background background;
    private final Texts texts = Texts.beside(EngineViewModel.class);
    private final ReadOnlyObjectWrapper<Engines.@Nullable Offer> offer = new ReadOnlyObjectWrapper<>();
    private final BooleanProperty accepted = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final ReadOnlyStringWrapper doing = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private Runnable callOff = () -> { };

    public EngineViewModel(Engines engines, Background background) {
        this.engines = engines;
        this.background = background;
        look();
    }

    /// What can be installed, or is; null until that is known.
    public ReadOnlyObjectProperty<Engines.@Nullable Offer> offerProperty() {
        return offer.getReadOnlyProperty();
    }

    /// Whether the person agrees to the licences.
    public BooleanProperty acceptedProperty() {
        return accepted;
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// From 0 to 1, of the downloads and then of the unpacking.
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty doingProperty() {
        return doing.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    public void install() {
        Engines.Offer wanted = offer.get();
        if (wanted == null || busy.get()) {
            return;
        }
        if (!accepted.get()) {
            error.set(texts.get("engine.agree"));
            return;
        }
        AtomicLong shown = new AtomicLong(System.nanoTime() - REDRAW_NANOS);
        begin(() -> engines.install(wanted.name(), (what, done, total) -> {
            long now = System.nanoTime();
            if (now - shown.get() >= REDRAW_NANOS) {
                shown.set(now);
                background.show(() -> show(what, done, total));
            }
        }));
    }

    public void remove() {
        Engines.Offer there = offer.get();
        if (there != null && !busy.get()) {
            begin(() -> engines.remove(there.name()));
        }
    }

    /// Ends an installation; what has been downloaded is kept for the next.
    public void cancel() {
        if (busy.get()) {
            callOff.run();
            end(texts.get("engine.cancelled"));
        }
    }

    private void begin(Background.Work work) {
        busy.set(true);
        error.set("");
        callOff = background.begin(() -> {
            work.run();
            return true;
        }, _ -> end(""), this::end);
    }

    private void show(String what, long done, long total) {
        if (busy.get()) {
            progress.set(total > 0 ? (double) done / total : 0);
            doing.set(texts.get("engine.doing", gigabytes(done), gigabytes(total), what));
        }
    }

    private void end(String sentence) {
        busy.set(false);
        progress.set(0);
        doing.set("");
        error.set(sentence);
        look();
    }

    private void look() {
        background.call(engines::offers, offers -> offers.stream().findFirst().ifPresent(offer::set), error::set);
    }

    static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f", bytes / 1e9);
    }
}
