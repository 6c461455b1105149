package trex.gui.newstudy;

import static trex.gui.text.Figures.grouped;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import trex.gui.dialog.Background;
import trex.gui.text.Texts;
import trex.model.DataSource;
import trex.model.Example;
import trex.model.Mission;
import trex.model.MissionPreview;

/// A mission's data as the model will see it: how many rows each split has, and the first of them.
/// Files that are here are read at once; others are fetched only when asked for.
public final class PreviewViewModel {
    /// What there is to see.
    public enum State {
        NOTHING,
        /// The files have to be fetched first.
        ELSEWHERE,
        READING,
        READ,
        REFUSED
    }

    private static final int MOST_ANSWERS = 8;

    private final DataSight sight;
    private final Background background;
    private final Texts texts = Texts.beside(PreviewViewModel.class);
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NOTHING);
    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper facts = new ReadOnlyStringWrapper("");
    private final ObservableList<Example> examples = FXCollections.observableArrayList();
    private @Nullable Mission mission;
    private Runnable callOff = () -> { };

    public PreviewViewModel(DataSight sight, Background background) {
        this.sight = sight;
        this.background = background;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// What is going on, how many rows there are, or what is wrong, with file and line.
    public ReadOnlyStringProperty sentenceProperty() {
        return sentence.getReadOnlyProperty();
    }

    /// Facts about the training rows; empty where there are none to tell.
    public ReadOnlyStringProperty factsProperty() {
        return facts.getReadOnlyProperty();
    }

    /// The first training rows.
    public ObservableList<Example> examples() {
        return examples;
    }

    /// Shows another mission's data, or nothing; what was being read is called off.
    public void show(@Nullable Mission shown) {
        cancel();
        mission = shown;
        if (shown == null) {
            become(State.NOTHING, "");
        } else if (shown.data().sources().stream().anyMatch(DataSource::isRemote)) {
            become(State.ELSEWHERE, texts.get("preview.elsewhere"));
        } else {
            read();
        }
    }

    /// Reads the data; fetches it where it is not here.
    public void read() {
        Mission wanted = mission;
        if (wanted == null) {
            return;
        }
        become(State.READING, texts.get("preview.reading"));
        callOff = background.begin(
                () -> sight.preview(wanted, phase -> background.show(() -> phase(wanted, phase))), this::take,
                refused -> become(State.REFUSED, refused));
    }

    /// Calls off what is being read.
    public void cancel() {
        callOff.run();
        callOff = () -> { };
        if (state.get() == State.READING) {
            become(State.ELSEWHERE, texts.get("preview.off"));
        }
    }

    private void phase(Mission of, String phase) {
        if (of.equals(mission) && state.get() == State.READING) {
            sentence.set(phase);
        }
    }

    private void take(MissionPreview read) {
        become(State.READ, texts.get("preview.rows", grouped(read.trainRows()), grouped(read.validationRows()), grouped(read.testRows())));
        facts.set(Stream.of(answers(read.profile().answers()), removed(read), repeats(read.profile().duplicateShare()))
                .filter(line -> !line.isEmpty()).collect(Collectors.joining("\n")));
        examples.setAll(read.first());
    }

    private void become(State now, String said) {
        examples.clear();
        facts.set("");
        sentence.set(said);
        state.set(now);
    }

    private String answers(Map<String, Double> shares) {
        String list = shares.entrySet().stream().sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(MOST_ANSWERS).map(e -> e.getKey() + " " + percent(e.getValue())).collect(Collectors.joining(", "));
        return shares.isEmpty() ? "" : texts.get("preview.answers", list + (shares.size() > MOST_ANSWERS ? " …" : ""));
    }

    private String removed(MissionPreview read) {
        int both = read.removedFromTrain() + read.removedFromValidation();
        return both == 0 ? "" : texts.get("preview.removed", grouped(read.removedFromTrain()), grouped(read.removedFromValidation()));
    }

    private String repeats(double share) {
        return share < 0.0005 ? "" : texts.get("preview.repeats", percent(share));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
