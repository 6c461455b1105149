package trex.gui.newstudy;

import java.nio.file.Path;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import trex.gui.study.WorkspaceViewModel;
import trex.gui.text.Texts;
import trex.model.Approval;
import trex.model.Budget;
import trex.model.DataSource;
import trex.model.Mission;
import trex.model.StudySettings;
import trex.model.TaskData;

/// States a mission: a file, read and shown, with a budget of the person's own. What is wrong is said
/// in place, and nothing typed is lost.
public final class NewStudyViewModel {
    private final WorkspaceViewModel workspace;
    private final Texts texts = Texts.beside(NewStudyViewModel.class);
    private final ReadOnlyObjectWrapper<@Nullable Mission> mission = new ReadOnlyObjectWrapper<>();
    private final StringProperty rounds = new SimpleStringProperty("");
    private final StringProperty minutes = new SimpleStringProperty("");
    private final StringProperty device = new SimpleStringProperty(StudySettings.DEFAULT.device());
    private final StringProperty parallel = new SimpleStringProperty(Integer.toString(StudySettings.DEFAULT.parallel()));
    private final ObjectProperty<Approval> approval = new SimpleObjectProperty<>(Approval.ASK);
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    public NewStudyViewModel(WorkspaceViewModel workspace) {
        this.workspace = workspace;
        rounds.addListener((_, _, _) -> error.set(""));
        minutes.addListener((_, _, _) -> error.set(""));
        device.addListener((_, _, _) -> error.set(""));
        parallel.addListener((_, _, _) -> error.set(""));
    }

    /// The mission as read, or null before one was.
    public ReadOnlyObjectProperty<@Nullable Mission> missionProperty() {
        return mission.getReadOnlyProperty();
    }

    public StringProperty roundsProperty() {
        return rounds;
    }

    public StringProperty minutesProperty() {
        return minutes;
    }

    /// Where runs compute, as [trex.model.DeviceList] writes it.
    public StringProperty deviceProperty() {
        return device;
    }

    /// Runs at a time, which divide the devices.
    public StringProperty parallelProperty() {
        return parallel;
    }

    public ObjectProperty<Approval> approvalProperty() {
        return approval;
    }

    /// What is wrong, in a sentence, or empty.
    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    /// Whether a file is being read or the study is being started.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    public void read(Path file) {
        busy.set(true);
        error.set("");
        workspace.readMission(file, this::take, sentence -> {
            busy.set(false);
            mission.set(null);
            error.set(sentence);
        });
    }

    /// Lets go of the mission.
    public void forget() {
        error.set("");
        mission.set(null);
    }

    /// Starts the study; `started` is called once it goes.
    public void start(Runnable started) {
        Mission stated = mission.get();
        if (stated == null) {
            error.set(texts.get("error.none"));
            return;
        }
        Mission edited;
        StudySettings settings;
        try {
            edited = withBudget(stated);
            settings = StudySettings.DEFAULT.withApproval(approval.get()).withDevice(device.get().strip())
                    .withParallel(whole("parallel", parallel.get()));
        } catch (IllegalArgumentException e) {
            error.set(String.valueOf(e.getMessage()));
            return;
        }
        busy.set(true);
        workspace.start(edited, settings, () -> {
            busy.set(false);
            started.run();
        }, sentence -> {
            busy.set(false);
            error.set(sentence);
        });
    }

    /// The mission's data in words.
    public static String data(TaskData data) {
        String train = data.train().stream().map(NewStudyViewModel::file).collect(Collectors.joining(", "));
        DataSource validation = data.validation();
        String held = validation != null ? file(validation)
                : data.cut() != null ? data.cut().size() + " rows cut from the training rows" : "";
        return "Training: " + train + "\nValidation: " + held + "\nTest: " + file(data.test());
    }

    private void take(Mission read) {
        busy.set(false);
        mission.set(read);
        rounds.set(Integer.toString(read.budget().rounds()));
        minutes.set(minutes(read.budget().seconds()));
    }

    private static String minutes(long seconds) {
        return seconds % 60 == 0 ? Long.toString(seconds / 60) : Double.toString(Math.round(seconds / 6.0) / 10.0);
    }

    private Mission withBudget(Mission m) {
        long seconds = Math.round(number("minutes", minutes.get()) * 60);
        Budget budget = m.budget().withRounds(whole("rounds", rounds.get())).withSeconds(seconds);
        return new Mission(m.name(), m.goal(), m.baseModel(), m.data(), m.metric(), budget, m.space(), m.start(), m.seed());
    }

    private int whole(String field, String text) {
        double wanted = number(field, text);
        if (wanted != Math.rint(wanted)) {
            throw new IllegalArgumentException(texts.get("error.whole", field, text));
        }
        return (int) wanted;
    }

    private double number(String field, String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(texts.get("error.number", field, text), e);
        }
    }

    private static String file(DataSource source) {
        return source.location().substring(source.location().lastIndexOf('/') + 1);
    }
}
