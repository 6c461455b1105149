package trex.gui;

import static org.assertj.core.api.Assertions.assertThat;
import static trex.gui.OpenWindow.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import trex.gui.shell.WorkbenchOptions;
import trex.loop.StudyEvent;
import trex.model.Approval;
import trex.model.Checkpoint;
import trex.model.Method;
import trex.model.Metric;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.RunId;
import trex.model.Score;
import trex.model.StudyResult;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.model.Verdict;

/// What a person does in the window, with real clicks.
@ScreenTest
class WorkbenchTest {
    @TempDir static Path missions;

    private final FakeStudies studies = new FakeStudies();
    private final FakeStudy played = studies.study(Samples.mission(), StudySettings.DEFAULT);
    @SuppressWarnings("NullAway.Init") // set by start, before any test
    private OpenWindow open;

    @Start
    void start(Stage stage) throws IOException {
        for (String name : List.of("broken", "good")) {
            Files.createDirectories(missions.resolve(name));
            Files.writeString(missions.resolve(name).resolve("task.json"), "{\"" + name + "\": 1}");
        }
        played.add(Samples.baseline(0.77));
        played.add(Samples.completed(1, 0, Samples.strategy("The default.", Samples.recipe()), 0.83));
        played.add(Samples.completed(2, 0, Samples.strategy("More data.", Samples.with(Samples.recipe(), "examples", "3072")), 0.87));
        played.add(Samples.completed(3, 2, Samples.strategy("A higher rank.", Samples.with(Samples.recipe(), "rank", "16")), 0.88));
        stage.setX(0);
        stage.setY(0);
        open = new OpenWindow(stage, studies, WorkbenchOptions.DEFAULT.withMissions(missions));
    }

    @AfterEach
    void close(FxRobot robot) {
        open.close(robot);
        assertThat(open.sentences()).noneMatch(s -> s.contains("unexpected"));
    }

    @Test
    void aClickOnACardSelectsItsNodeEverywhereAndArrowsMoveOn(FxRobot robot) {
        untilTheTreeIsDrawn();
        robot.clickOn(open.card(3));
        assertThat(text(robot, "#inspector-heading")).startsWith("#3");
        assertThat(text(robot, "#inspector-hypothesis")).isEqualTo("A higher rank.");
        robot.type(KeyCode.LEFT);
        assertThat(selected()).isEqualTo(new NodeId(2));
        robot.type(KeyCode.UP);
        assertThat(selected()).isEqualTo(new NodeId(1));
        assertThat(open.window.tree().getAccessibleText()).contains("#1").contains("0.83");
    }

    @Test
    void anEditedProposalIsApprovedAsEdited(FxRobot robot) {
        propose(robot);
        type(robot, "#field-rank", "32");
        await(() -> text(robot, "#approve").equals("Approve as edited"));
        robot.clickOn("#approve");
        await(() -> played.verdicts().size() == 1);
        assertThat(played.verdicts().getFirst()).isInstanceOfSatisfying(Verdict.Approved.class, approved ->
                assertThat(approved.strategy().variants().getFirst().method())
                        .isInstanceOfSatisfying(Method.Lora.class, lora -> assertThat(lora.rank()).isEqualTo(32)));
    }

    @Test
    void aValueOutOfRangeIsNamedInPlaceAndNotApproved(FxRobot robot) {
        propose(robot);
        type(robot, "#field-rank", "4096");
        await(() -> text(robot, "#error-rank").equals("rank must be 1..512, got 4096"));
        robot.clickOn("#approve");
        await(() -> !text(robot, "#verdict-error").isEmpty());
        assertThat(played.verdicts()).isEmpty();
    }

    @Test
    void aRejectionNeedsAReason(FxRobot robot) {
        propose(robot);
        robot.clickOn("#reject");
        robot.clickOn("#reject");
        await(() -> text(robot, "#verdict-error").startsWith("A rejection needs a reason"));
        assertThat(played.verdicts()).isEmpty();
        robot.clickOn("#reject-reason").write("too slow");
        robot.clickOn("#reject");
        await(() -> played.verdicts().contains(new Verdict.Rejected("too slow")));
        await(() -> text(robot, "#inspector-state").equals("rejected"));
        assertThat(text(robot, "#inspector-note")).isEqualTo("too slow");
    }

    @Test
    void aPrunedSubtreeComesBackByUndoAndByRestore(FxRobot robot) {
        untilTheTreeIsDrawn();
        robot.clickOn(open.card(2), MouseButton.SECONDARY);
        robot.clickOn("Prune subtree");
        await(() -> played.node(new NodeId(2)).pruned());
        assertThat(text(robot, "#toast-text")).isEqualTo("Pruned #2 and 1 node below it");
        robot.clickOn("#toast-action");
        await(() -> !played.node(new NodeId(2)).pruned());
        robot.clickOn("#button-prune");
        await(() -> played.node(new NodeId(2)).pruned());
        await(() -> !robot.lookup("#button-restore").queryButton().isDisabled());
        robot.clickOn("#button-restore");
        await(() -> !played.node(new NodeId(2)).pruned());
    }

    @Test
    void theNextProposalIsAskedForBelowAChosenNode(FxRobot robot) {
        untilTheTreeIsDrawn();
        robot.clickOn(open.card(2), MouseButton.SECONDARY);
        robot.clickOn("#context-boost");
        await(() -> played.boosted().equals(List.of(new NodeId(2))));
        assertThat(text(robot, "#toast-text")).isEqualTo("The next proposal departs from #2");
    }

    @Test
    void aStoppedStudySaysThatItsProposalWaitsForAResume(FxRobot robot) {
        propose(robot);
        robot.clickOn("#button-stop");
        await(() -> text(robot, "#inspector-note").startsWith("This proposal waits"));
        assertThat(isShown(robot, "#approve")).isFalse();
        robot.clickOn("#button-resume");
        await(() -> isShown(robot, "#approve"));
        await(() -> !isShown(robot, "#inspector-note"));
    }

    @Test
    void aModelIsExportedIntoANewFolder(FxRobot robot) {
        untilTheTreeIsDrawn();
        open.choose(missions);
        robot.clickOn(open.card(3), MouseButton.SECONDARY);
        robot.clickOn("#context-export");
        type(robot, "#export-folder", "");
        robot.type(KeyCode.DELETE).clickOn("#export-start");
        await(() -> text(robot, "#export-error").equals("Name a new folder."));
        robot.clickOn("Browse…").clickOn("#export-start");
        await(() -> text(robot, "#export-error").contains("exists already"));
        type(robot, "#export-folder", missions.resolve("model").toString());
        robot.clickOn("#export-start");
        await(() -> text(robot, "#toast-text").equals("Model written to " + missions.resolve("model")));
        assertThat(open.models.exported()).containsExactly("#3 as hf");
    }

    @Test
    void aConversationGoesOnAfterAQuestionThatFailed(FxRobot robot) {
        untilTheTreeIsDrawn();
        robot.clickOn(open.card(3), MouseButton.SECONDARY);
        robot.clickOn("#context-chat");
        await(() -> robot.lookup("#chat-ask").tryQuery().isPresent() && !robot.lookup("#chat-ask").query().isDisabled());
        robot.clickOn("#chat-question").write("too long").type(KeyCode.ENTER);
        await(() -> text(robot, "#chat-state").startsWith("The conversation has 3000 tokens"));
        assertThat(robot.lookup("#chat-question").queryTextInputControl().getText()).isEqualTo("too long");
        type(robot, "#chat-question", "hello");
        robot.type(KeyCode.ENTER);
        await(() -> robot.lookup("#chat-transcript").queryTextInputControl().getText().endsWith("Model:  hello you\n\n"));
        robot.interact(() -> robot.lookup("#chat-ask").query().getScene().getWindow().hide());
        assertThat(open.models.closed()).isEqualTo(1);
    }

    @Test
    void theWheelZoomsAndADragPans(FxRobot robot) {
        untilTheTreeIsDrawn();
        double scale = open.window.tree().scale();
        Point2D before = open.card(0);
        robot.moveTo(before).scroll(3, VerticalDirection.UP);
        await(() -> open.window.tree().scale() != scale);
        Point2D zoomed = open.card(0);
        robot.moveTo("#search-tree").press(MouseButton.PRIMARY).moveBy(60, 40).release(MouseButton.PRIMARY);
        await(() -> Math.abs(open.card(0).getX() - zoomed.getX() - 60) < 1.5);
        assertThat(open.card(0).getY() - zoomed.getY()).isBetween(38.0, 42.0);
    }

    @Test
    void aBrokenMissionFileIsNamedInTheDialogAndAGoodOneStarts(FxRobot robot) {
        robot.clickOn("#button-new");
        robot.clickOn("broken");
        await(() -> text(robot, "#new-study-error").startsWith("task.json: unknown metric \"acuracy\""));
        assertThat(robot.lookup("#new-study-start").queryButton().isDisabled()).isTrue();
        robot.clickOn("good");
        await(() -> text(robot, "#mission-name").equals("sst2"));
        await(() -> text(robot, "#preview-sentence").startsWith("1,600 training rows"));
        assertThat(robot.lookup("#preview-examples").lookup(".example-answer").queryAllAs(Label.class))
                .extracting(Label::getText).containsExactly("positive", "negative", "positive");
        type(robot, "#budget-rounds", "none");
        robot.clickOn("#new-study-start");
        await(() -> text(robot, "#new-study-error").equals("rounds must be a number, got \"none\""));
        type(robot, "#budget-rounds", "5");
        type(robot, "#study-device", "tpu");
        robot.clickOn("#new-study-start");
        await(() -> text(robot, "#new-study-error").equals("device must be cpu, cuda:n or mps, got \"tpu\""));
        type(robot, "#study-device", "cpu");
        type(robot, "#study-parallel", "2");
        robot.clickOn("#new-study-start");
        await(() -> text(robot, "#new-study-error").equals(
                "parallel must be 1 on cpu, which carries out one run at a time, got 2"));
        type(robot, "#study-parallel", "1");
        robot.clickOn("#approve-auto");
        robot.clickOn("#new-study-start");
        await(() -> studies.played().size() == 2);
        FakeStudy fresh = studies.played().getFirst();
        assertThat(fresh.settings().approval()).isEqualTo(Approval.AUTO);
        assertThat(fresh.study().mission().budget().rounds()).isEqualTo(5);
        await(() -> open.study().id().equals(fresh.id()));
    }

    @Test
    void closingListsTheRunningWorkersAndStaysOpenIfToldSo(FxRobot robot) {
        studies.workers().add(new RunId("sst2-1-n3-v1"));
        requestClose();
        await(() -> shows(robot, "sst2-1-n3-v1"));
        robot.clickOn("Cancel");
        assertThat(open.stage.isShowing()).isTrue();
        requestClose();
        await(() -> shows(robot, "Leave running"));
        robot.clickOn("Leave running");
        await(open.closed::get);
        assertThat(studies.stopped()).isEmpty();
    }

    @Test
    void closingStopsTheWorkersIfToldSo(FxRobot robot) {
        studies.workers().add(new RunId("sst2-1-n3-v1"));
        requestClose();
        await(() -> shows(robot, "Stop them"));
        robot.clickOn("Stop them");
        await(open.closed::get);
        assertThat(studies.stopped()).containsExactly(new RunId("sst2-1-n3-v1"));
    }

    @Test
    void thePaletteFindsAnActionByAFewLetters(FxRobot robot) {
        untilTheTreeIsDrawn();
        robot.clickOn(open.card(1));
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        robot.write("gobest").type(KeyCode.ENTER);
        await(() -> new NodeId(3).equals(selected()));
    }

    @Test
    void aStudyIsPackedBesideItsReport(FxRobot robot) {
        untilTheTreeIsDrawn();
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        robot.write("packbundle").type(KeyCode.ENTER);
        await(() -> studies.bundled().size() == 1);
        Path bundle = studies.bundled().getFirst();
        assertThat(bundle).isEqualTo(Path.of("/home/you/.local/share/trex/studies/sst2-1/sst2-1.zip"));
        await(() -> text(robot, "#toast-text").equals("Bundle written to " + bundle));
    }

    @Test
    void theApprovalModeReachesTheStudy(FxRobot robot) {
        untilTheTreeIsDrawn();
        robot.clickOn("#approval").clickOn("Automatic after 30 s");
        await(() -> played.settings().approval().equals(Approval.after(30)));
    }

    @Test
    void aStudyThatCannotGoOnSaysWhyInADialogOnce(FxRobot robot) {
        untilTheTreeIsDrawn();
        FakeStudy other = studies.study(Samples.mission(), StudySettings.DEFAULT);
        robot.interact(() -> open.window.workspace().open(other.id(), _ -> { }));
        await(() -> open.study().id().equals(other.id()));
        robot.interact(() -> open.window.workspace().open(played.id(), _ -> { }));
        played.say(new StudyEvent.Message(StudyEvent.Level.ERROR, "train.tsv: line 3 has 1 column, expected 2"));
        played.stop();
        await(() -> shows(robot, "train.tsv: line 3 has 1 column, expected 2"));
        robot.clickOn("OK");
        await(() -> !robot.lookup("#button-resume").queryButton().isDisabled());
        assertThat(open.sentences()).containsExactly("train.tsv: line 3 has 1 column, expected 2");
    }

    @Test
    void aLongResultLeavesTheZoomButtonsTheirPlace(FxRobot robot) {
        untilTheTreeIsDrawn();
        Score same = new Score(Metric.ACCURACY, 0.8, 0.02, 400);
        robot.interact(() -> open.stage.setWidth(900));
        played.end(StudyState.FINISHED, new StudyResult(new StudyResult.Measured(same, same),
                new StudyResult.Best(new NodeId(2), same, same, new Checkpoint("/model", 1, "a".repeat(64))), 3, 0, 0, 60));
        await(() -> robot.lookup("#result").<Label>query().getText().contains("may be luck"));
        Bounds sentence = bounds(robot.lookup("#result").query());
        Bounds button = bounds(robot.lookup(".zoom").query());
        assertThat(sentence.intersects(button)).isFalse();
        robot.clickOn(".zoom .button");
    }

    private static Bounds bounds(Node node) {
        return node.localToScene(node.getBoundsInLocal());
    }

    @Test
    void aRefusalIsOneSentenceInADialog(FxRobot robot) {
        untilTheTreeIsDrawn();
        NodeId node = propose(robot);
        played.decide(node, new Verdict.Rejected("from elsewhere"));
        assertThat(played.node(node).state()).isEqualTo(NodeState.REJECTED);
        open.window.workspace().decide(node, new Verdict.Rejected("too late"));
        await(() -> shows(robot, "node #4 does not wait for a verdict"));
        robot.clickOn("OK");
    }

    private NodeId propose(FxRobot robot) {
        untilTheTreeIsDrawn();
        NodeId node = played.propose(3, Samples.strategy("Drop short rows.", Samples.with(Samples.recipe(), "dropShortest", "0.3")));
        await(() -> node.equals(selected()) && robot.lookup("#approve").tryQuery().isPresent()
                && robot.lookup("#field-rank").tryQuery().isPresent() && robot.lookup("#approve").query().isVisible());
        return node;
    }

    private void type(FxRobot robot, String field, String text) {
        Node node = robot.lookup(field).query();
        robot.interact(() -> {
            for (Node up = node; up != null; up = up.getParent()) {
                if (up instanceof javafx.scene.control.ScrollPane scroll && scroll.getContent() != null) {
                    double height = scroll.getContent().getBoundsInLocal().getHeight();
                    double at = scroll.getContent().sceneToLocal(node.localToScene(node.getBoundsInLocal())).getMinY();
                    scroll.setVvalue(at / height);
                }
            }
        });
        WaitForAsyncUtils.waitForFxEvents();
        robot.clickOn(field);
        robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL);
        robot.write(text);
    }

    private void untilTheTreeIsDrawn() {
        await(() -> open.window.tree().picture().size() == 4 && open.study().controlProperty().get() != null
                && !open.window.tree().isDirty());
    }

    private void requestClose() {
        WaitForAsyncUtils.asyncFx(() -> open.stage.fireEvent(new WindowEvent(open.stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
    }

    private NodeId selected() {
        return open.study().selectedProperty().get();
    }

    /// Whether it and all that it lies in are visible.
    private static boolean isShown(FxRobot robot, String query) {
        for (Node up = robot.lookup(query).query(); up != null; up = up.getParent()) {
            if (!up.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static boolean shows(FxRobot robot, String text) {
        Set<Labeled> found = robot.lookup(n -> n instanceof Labeled l && text.equals(l.getText())).queryAll();
        return !found.isEmpty();
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).<Node>tryQuery().map(n -> n instanceof Label l ? l.getText() : ((Labeled) n).getText()).orElse("");
    }
}
