package trex.gui;

import static org.assertj.core.api.Assertions.assertThat;
import static trex.gui.OpenWindow.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import trex.gui.shell.WorkbenchOptions;
import trex.model.DataSource;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.StudySettings;

/// A study of a person's own bare file, from the file to its start, with real clicks.
@ScreenTest
class OwnDataTest {
    @TempDir Path folder;

    private final FakeStudies studies = new FakeStudies();
    @SuppressWarnings("NullAway.Init") // set by start, before any test
    private OpenWindow open;

    @Start
    void start(Stage stage) {
        studies.study(Samples.mission(), StudySettings.DEFAULT);
        stage.setX(0);
        stage.setY(0);
        open = new OpenWindow(stage, studies, WorkbenchOptions.DEFAULT);
    }

    @AfterEach
    void close(FxRobot robot) {
        open.close(robot);
    }

    @Test
    void aBareTableBecomesAStudy(FxRobot robot) throws IOException {
        take(robot, letters("letters.csv", 60));
        await(() -> text(robot, "#own-trial").equals("The mapping fits all 60 rows. Answers: 0 30, 1 30."));
        assertThat(text(robot, "#own-sentence")).startsWith("60 rows with 2 columns. Answer: the field is called kind.");
        assertThat(answers(robot)).containsExactly("0", "1", "0", "1", "0");
        type(robot, "#word-1", "bill");
        type(robot, "#word-0", "other");
        await(() -> answers(robot).equals(List.of("other", "bill", "other", "bill", "other")));
        assertThat(robot.lookup("#own-prompt").queryTextInputControl().getText())
                .isEqualTo("{text}\n\nAnswer with one of: bill, other.");
        type(robot, "#own-goal", "Tell bills from other letters.");
        robot.clickOn("#own-make");
        Path task = folder.resolve("missions/letters/task.json");
        await(() -> text(robot, "#mission-file").equals(task.toString()) && text(robot, "#mission-name").equals("letters"));
        assertThat(text(robot, "#mission-goal")).isEqualTo("Tell bills from other letters.");
        robot.clickOn("#new-study-start");
        await(() -> studies.played().size() == 2);
        Mission started = studies.played().getFirst().study().mission();
        assertThat(started.metric()).isEqualTo(Metric.ACCURACY);
        assertThat(started.data().template().labels()).containsEntry("1", "bill").containsEntry("0", "other");
        assertThat(started.data().train()).extracting(DataSource::location)
                .containsExactly(folder.resolve("missions/letters/train.jsonl").toString());
    }

    @Test
    void aMistakeIsSaidAtItsPartAndNothingIsMadeMeanwhile(FxRobot robot) throws IOException {
        take(robot, letters("letters.csv", 60));
        await(() -> !robot.lookup("#own-make").queryButton().isDisabled());
        type(robot, "#own-prompt", "About {betreff}");
        await(() -> text(robot, "#own-prompt-error").equals("There is no column \"betreff\"; there are text, kind."));
        assertThat(robot.lookup("#own-make").queryButton().isDisabled()).isTrue();
        robot.clickOn("#column-text");
        type(robot, "#own-prompt", "A letter: {text}");
        await(() -> text(robot, "#own-prompt-error").isEmpty());
        choose(robot, "#own-answer", "text");
        await(() -> text(robot, "#own-answer-error").startsWith("text has 60 different values"));
        choose(robot, "#own-answer", "kind");
        type(robot, "#word-0", "1");
        await(() -> text(robot, "#own-words-error").startsWith("All values have the same word"));
        type(robot, "#word-0", "no");
        type(robot, "#own-held", "many");
        await(() -> text(robot, "#own-held-error").endsWith("at least 1, got \"many\"."));
        type(robot, "#own-held", "40");
        type(robot, "#own-name", "my letters");
        await(() -> text(robot, "#own-name-error").contains("got \"my letters\""));
        type(robot, "#own-name", "letters");
        await(() -> !robot.lookup("#own-make").queryButton().isDisabled());
        robot.clickOn("#own-make");
        await(() -> text(robot, "#new-study-error").endsWith("there are 60: hold back at most 20"));
    }

    @Test
    void theKindOfTaskDecidesWhatIsAskedFor(FxRobot robot) throws IOException {
        take(robot, write("pairs.jsonl", IntStream.range(0, 30).mapToObj(i -> "{\"prompt\": \"question " + i
                + "\", \"chosen\": \"good " + i + "\", \"rejected\": \"bad " + i + "\"}\n").collect(Collectors.joining())));
        await(() -> !robot.lookup("#own-make").queryButton().isDisabled());
        assertThat(shown(robot, "#own-rejected")).isTrue();
        assertThat(metric(robot)).isEqualTo(Metric.PREFERENCE_ACCURACY);
        choose(robot, "#own-rejected", "chosen");
        await(() -> text(robot, "#own-rejected-error").equals("chosen is the answer already."));
        choose(robot, "#own-kind", "Free answers");
        await(() -> metric(robot) == Metric.EXACT_MATCH && !shown(robot, "#own-rejected"));
        choose(robot, "#own-kind", "Plain text");
        await(() -> metric(robot) == Metric.LOSS && !shown(robot, "#own-prompt"));
        await(() -> !robot.lookup("#own-make").queryButton().isDisabled());
    }

    @Test
    void whatCannotBeReadIsNamed(FxRobot robot) throws IOException {
        refused(robot, write("empty.csv", ""), "empty.csv is empty: expected a header line");
        refused(robot, write("broken.csv", "text,kind\na,1\nb,0,7\n"), "broken.csv, line 3: expected 2 fields");
        refused(robot, write("long.jsonl", "x".repeat(10_000_001)), "line 1 is longer than 10000000 characters");
        refused(robot, Files.write(folder.resolve("picture.csv"), new byte[] {(byte) 0x89, 'P', (byte) 0xFF, 0}), "is no UTF-8 text");
        refused(robot, write("table.xlsx", "PK"), "its ending names no format that can be read");
    }

    @Test
    void aSingleClassIsRefusedAtItsColumn(FxRobot robot) throws IOException {
        take(robot, write("one.csv", "text,kind\n" + IntStream.range(0, 30).mapToObj(i -> "letter " + i + ",1\n")
                .collect(Collectors.joining())));
        await(() -> shown(robot, "#own-kind"));
        choose(robot, "#own-kind", "One of a few answers");
        await(() -> text(robot, "#own-answer-error").equals("kind has only the value \"1\": one class leaves nothing to learn."));
    }

    private void refused(FxRobot robot, Path file, String sentence) {
        take(robot, file);
        await(() -> text(robot, "#own-sentence").contains(sentence));
        assertThat(robot.lookup("#own-make").queryButton().isDisabled()).isTrue();
        robot.clickOn("#new-study-cancel");
    }

    private void take(FxRobot robot, Path file) {
        open.choose(file);
        robot.clickOn("#button-new");
        robot.clickOn("#open-mission");
    }

    private Path letters(String name, int count) throws IOException {
        return write(name, "text,kind\n" + IntStream.range(0, count)
                .mapToObj(i -> "the letter number " + i + " of " + i * 7919 + "," + i % 2 + "\n").collect(Collectors.joining()));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> answers(FxRobot robot) {
        return robot.lookup("#own-examples").lookup(".example-answer").queryAllAs(Label.class).stream().map(Label::getText).toList();
    }

    private static Object metric(FxRobot robot) {
        return robot.lookup("#own-metric").queryAs(ComboBox.class).getValue();
    }

    private static boolean shown(FxRobot robot, String id) {
        return robot.lookup(id).tryQuery().filter(OwnDataTest::isShown).isPresent();
    }

    private static boolean isShown(Node node) {
        return node.isVisible() && (node.getParent() == null || isShown(node.getParent()));
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).tryQueryAs(Label.class).map(Label::getText).orElse("");
    }

    private static void choose(FxRobot robot, String box, String choice) {
        scrollTo(robot, box);
        robot.clickOn(box).clickOn((Node n) -> n instanceof javafx.scene.control.ListCell<?> cell && choice.equals(cell.getText())
                && isShown(cell) && cell.getScene().getWindow() instanceof javafx.stage.PopupWindow);
    }

    private static void type(FxRobot robot, String field, String text) {
        scrollTo(robot, field);
        robot.clickOn(field);
        robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL);
        robot.write(text);
    }

    private static void scrollTo(FxRobot robot, String field) {
        Node node = robot.lookup(field).query();
        robot.interact(() -> {
            ScrollPane scroll = robot.lookup("#own-data").queryAs(ScrollPane.class);
            double all = scroll.getContent().getBoundsInLocal().getHeight() - scroll.getViewportBounds().getHeight();
            double at = scroll.getContent().sceneToLocal(node.localToScene(node.getBoundsInLocal())).getMinY();
            scroll.setVvalue(Math.clamp((at - 80) / Math.max(1, all), 0, 1));
        });
        WaitForAsyncUtils.waitForFxEvents();
    }
}
