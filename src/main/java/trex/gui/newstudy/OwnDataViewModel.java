package trex.gui.newstudy;

import static trex.gui.text.Figures.grouped;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import trex.gui.dialog.Background;
import trex.gui.text.Texts;
import trex.loop.OwnData;
import trex.model.DataPreview;
import trex.model.Example;
import trex.model.MappingTrial;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.MissionDraft;
import trex.model.Template;

/// A person's own data on its way to a mission: a mapping is proposed, changed, and tried on all rows
/// at every change; what is wrong is said at the part that is wrong.
public final class OwnDataViewModel {
    /// What there is to see.
    public enum State {
        NOTHING,
        READING,
        OPEN,
        REFUSED
    }

    /// What every mission needs beside the mapping.
    public enum Need {
        NAME,
        GOAL,
        MODEL,
        HELD,
        TEST
    }

    private static final int PAUSE_MILLIS = 150;

    private final OwnData.Desk desk;
    private final Background background;
    private final Texts texts = Texts.beside(OwnDataViewModel.class);
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NOTHING);
    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper trialSentence = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper trialRefused = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ObservableList<String> columns = FXCollections.observableArrayList();
    private final ObservableList<LabelWord> words = FXCollections.observableArrayList();
    private final ObservableList<Metric> metrics = FXCollections.observableArrayList();
    private final ObservableList<Example> examples = FXCollections.observableArrayList();
    private final ObjectProperty<TaskKind> kind = new SimpleObjectProperty<>(TaskKind.ANSWERS);
    private final StringProperty prompt = new SimpleStringProperty("");
    private final StringProperty answer = new SimpleStringProperty("");
    private final StringProperty rejected = new SimpleStringProperty("");
    private final StringProperty rating = new SimpleStringProperty("");
    private final BooleanProperty chat = new SimpleBooleanProperty(true);
    private final ObjectProperty<@Nullable Metric> metric = new SimpleObjectProperty<>();
    private final Map<Mapping.Part, ReadOnlyStringWrapper> mistakes = new EnumMap<>(Mapping.Part.class);
    private final Map<Need, StringProperty> needs = new EnumMap<>(Need.class);
    private final Map<Need, ReadOnlyStringWrapper> wants = new EnumMap<>(Need.class);
    private @Nullable OwnData data;
    private @Nullable DataPreview preview;
    private @Nullable String system;
    private boolean filling;
    private Runnable callOff = () -> { };

    public OwnDataViewModel(OwnData.Desk desk, Background background) {
        this.desk = desk;
        this.background = background;
        for (Mapping.Part part : Mapping.Part.values()) {
            mistakes.put(part, new ReadOnlyStringWrapper(""));
        }
        for (Need need : Need.values()) {
            needs.put(need, new SimpleStringProperty(""));
            wants.put(need, new ReadOnlyStringWrapper(""));
            need(need).addListener((_, _, _) -> checked());
        }
        need(Need.MODEL).addListener((_, _, now) -> chat.set(MissionDraft.usuallyChats(now)));
        List.of(prompt, rejected, rating).forEach(text -> text.addListener((_, _, _) -> changed()));
        chat.addListener((_, _, _) -> changed());
        kind.addListener((_, _, _) -> answersChanged());
        answer.addListener((_, _, _) -> answersChanged());
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// What the file holds, or why it cannot be read.
    public ReadOnlyStringProperty sentenceProperty() {
        return sentence.getReadOnlyProperty();
    }

    /// The columns of the rows.
    public ObservableList<String> columns() {
        return columns;
    }

    public ObjectProperty<TaskKind> kindProperty() {
        return kind;
    }

    public StringProperty promptProperty() {
        return prompt;
    }

    public StringProperty answerProperty() {
        return answer;
    }

    public StringProperty rejectedProperty() {
        return rejected;
    }

    public StringProperty ratingProperty() {
        return rating;
    }

    /// Whether the prompt is given to the model in its chat form.
    public BooleanProperty chatProperty() {
        return chat;
    }

    /// A word for each value of the answer column; none but of classes.
    public ObservableList<LabelWord> words() {
        return words;
    }

    public ObservableList<Metric> metrics() {
        return metrics;
    }

    public ObjectProperty<@Nullable Metric> metricProperty() {
        return metric;
    }

    /// What is wrong with a part of the mapping, or empty.
    ReadOnlyStringProperty mistake(Mapping.Part part) {
        return wrapper(mistakes, part).getReadOnlyProperty();
    }

    public StringProperty need(Need need) {
        return java.util.Objects.requireNonNull(needs.get(need));
    }

    /// What is wrong with what the person typed, or empty.
    public ReadOnlyStringProperty want(Need need) {
        return wrapper(wants, need).getReadOnlyProperty();
    }

    /// The first examples under the mapping.
    public ObservableList<Example> examples() {
        return examples;
    }

    /// How many rows the mapping fits and which answers they have, or the row that it does not fit.
    public ReadOnlyStringProperty trialSentenceProperty() {
        return trialSentence.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty trialRefusedProperty() {
        return trialRefused.getReadOnlyProperty();
    }

    /// Whether a mission can be made.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /// Why no mission was made, or empty.
    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    public List<String> baseModels() {
        return desk.baseModels();
    }

    /// Reads a file or a folder.
    public void open(Path path) {
        forget(State.READING, texts.get("own.reading", path.getFileName()));
        callOff = background.begin(() -> desk.open(path), opened -> take(path, opened),
                refused -> forget(State.REFUSED, refused));
    }

    /// Lets go of the data.
    public void close() {
        forget(State.NOTHING, "");
    }

    /// Writes the mission.
    ///
    /// @param written hears of the mission file
    public void write(Consumer<Path> written) {
        OwnData open = data;
        Metric chosen = metric.get();
        if (open == null || chosen == null || !ready.get()) {
            return;
        }
        String test = text(Need.TEST);
        MissionDraft draft = new MissionDraft(text(Need.NAME), text(Need.GOAL), text(Need.MODEL), mapping().template(), chosen,
                test.isEmpty() ? null : test, Integer.parseInt(text(Need.HELD)),
                MissionDraft.USUAL_ROUNDS, MissionDraft.USUAL_SECONDS);
        error.set("");
        background.call(() -> open.write(draft), written, error::set);
    }

    private void forget(State now, String said) {
        callOff.run();
        callOff = () -> { };
        data = null;
        preview = null;
        examples.clear();
        trialSentence.set("");
        error.set("");
        ready.set(false);
        sentence.set(said);
        state.set(now);
    }

    private void take(Path path, OwnData opened) {
        DataPreview found = opened.preview();
        DataPreview.Mapping proposed = found.mapping();
        Template template = proposed == null ? null : proposed.template();
        filling = true;
        data = opened;
        preview = found;
        columns.setAll(found.fields().stream().map(DataPreview.Field::name).toList());
        system = template == null ? null : template.system();
        kind.set(TaskKind.of(found));
        prompt.set(template == null ? "" : template.prompt());
        answer.set(column(template == null ? null : template.answer()));
        rejected.set(column(template == null ? null : template.rejected()));
        rating.set(column(template == null ? null : template.rating()));
        need(Need.NAME).set(MissionDraft.name(path.toString()));
        need(Need.GOAL).set(texts.get("own.goal", path.getFileName()));
        need(Need.MODEL).set(baseModels().isEmpty() ? "" : baseModels().getLast());
        need(Need.HELD).set(Integer.toString(MissionDraft.usuallyHeld(found.rows())));
        need(Need.TEST).set("");
        sentence.set(facts(found, proposed));
        state.set(State.OPEN);
        filling = false;
        answersChanged();
        if (proposed != null && metrics.contains(proposed.metric())) {
            metric.set(proposed.metric());
        }
    }

    private String facts(DataPreview found, DataPreview.@Nullable Mapping proposed) {
        return texts.get("own.facts", grouped(found.rows()), found.fields().size())
                + (found.exactRepeats() == 0 ? "" : texts.get("own.repeats", grouped(found.exactRepeats())))
                + " " + (proposed == null ? texts.get("own.noproposal") : proposed.reason());
    }

    /// Another column or kind: other words, another list at the prompt's end, other metrics.
    private void answersChanged() {
        DataPreview found = preview;
        if (filling || found == null) {
            return;
        }
        filling = true;
        words.setAll(kind.get() != TaskKind.CLASSES ? List.of() : found.fields().stream()
                .filter(field -> field.name().equals(answer.get()))
                .flatMap(field -> field.values().entrySet().stream())
                .map(value -> word(value.getKey(), value.getValue())).toList());
        list();
        filling = false;
        changed();
    }

    private LabelWord word(String value, int rows) {
        LabelWord word = new LabelWord(value, rows, value);
        word.wordProperty().addListener((_, _, _) -> {
            list();
            changed();
        });
        return word;
    }

    private void list() {
        prompt.set(MissionDraft.listing(prompt.get(), mapping().answers()));
    }

    private Mapping mapping() {
        Map<String, String> named = new LinkedHashMap<>();
        words.forEach(word -> named.put(word.value(), word.word()));
        return new Mapping(kind.get(), prompt.get(), text(answer), text(rejected), text(rating), system, named, chat.get());
    }

    private void changed() {
        DataPreview found = preview;
        OwnData open = data;
        if (filling || found == null || open == null) {
            return;
        }
        Mapping mapping = mapping();
        Map<Mapping.Part, String> wrong = mapping.mistakes(found, texts);
        mistakes.forEach((part, said) -> said.set(wrong.getOrDefault(part, "")));
        callOff.run();
        if (wrong.isEmpty()) {
            offer(Metric.of(mapping.template()));
            attempt(open, mapping.template());
        } else {
            refuse(texts.get("own.first"));
        }
        checked();
    }

    private void offer(List<Metric> possible) {
        Metric before = metric.get();
        if (!metrics.equals(possible)) {
            metrics.setAll(possible);
        }
        metric.set(before != null && possible.contains(before) ? before : possible.getFirst());
    }

    /// Tries the mapping on all rows, a moment after the last change.
    private void attempt(OwnData open, Template template) {
        callOff = background.begin(() -> {
            Thread.sleep(PAUSE_MILLIS);
            return open.trial(template);
        }, this::tried, this::refuse);
    }

    private void tried(MappingTrial trial) {
        trialRefused.set(false);
        trialSentence.set(texts.get("own.fits", grouped(trial.rows())) + answers(trial.answers()));
        examples.setAll(trial.first());
        checked();
    }

    private void refuse(String why) {
        trialRefused.set(true);
        trialSentence.set(why);
        examples.clear();
        checked();
    }

    private String answers(Map<String, Integer> counts) {
        return kind.get() != TaskKind.CLASSES || counts.isEmpty() ? "" : " " + texts.get("own.answers", String.join(", ",
                counts.entrySet().stream().map(e -> e.getKey() + " " + grouped(e.getValue())).toList()));
    }

    private void checked() {
        want(Need.NAME, Mission.isName(text(Need.NAME)) ? "" : texts.get("own.name", text(Need.NAME)));
        want(Need.GOAL, text(Need.GOAL).isEmpty() ? texts.get("own.nogoal") : "");
        want(Need.MODEL, text(Need.MODEL).isEmpty() ? texts.get("own.nomodel") : "");
        want(Need.HELD, text(Need.HELD).matches("[1-9][0-9]{0,6}") ? "" : texts.get("own.held", text(Need.HELD)));
        String test = text(Need.TEST);
        want(Need.TEST, test.isEmpty() || Files.isRegularFile(Path.of(test)) ? "" : texts.get("own.notest", test));
        error.set("");
        ready.set(state.get() == State.OPEN && !examples.isEmpty() && wants.values().stream().allMatch(w -> w.get().isEmpty()));
    }

    private void want(Need need, String said) {
        wrapper(wants, need).set(said);
    }

    private String text(Need need) {
        return text(need(need));
    }

    private static String text(StringProperty property) {
        String text = property.get();
        return text == null ? "" : text.strip();
    }

    private static String column(@Nullable String placeholder) {
        return placeholder == null ? "" : placeholder.replaceAll("^\\{|}$", "");
    }

    private static <K> ReadOnlyStringWrapper wrapper(Map<K, ReadOnlyStringWrapper> wrappers, K key) {
        return java.util.Objects.requireNonNull(wrappers.get(key));
    }
}
