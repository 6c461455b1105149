package trex.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import trex.model.Answer;
import trex.model.BadCases;
import trex.model.Budget;
import trex.model.DataProfile;
import trex.model.Example;
import trex.model.ExperimentTree;
import trex.model.Insight;
import trex.model.Mission;
import trex.model.ModelFiles;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Prepared;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.SampleStudy;
import trex.model.SealedSplit;
import trex.model.SealedSplits;
import trex.model.Split;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyState;
import trex.model.Work;

class ReportPageTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String EVIL = "</td><script>alert(\"1\")</script>&\u0000'";

    /// The first of a hundred examples, more of them by each node.
    private static final Map<RunId, Map<String, Answer>> ANSWERS = Map.of(
            new RunId("dates-0"), answers(12), new RunId("dates-1"), answers(61), new RunId("dates-2"), answers(14),
            new RunId("test-0"), answers(11), new RunId("test-1"), answers(78));

    private static Map<String, Answer> answers(int right) {
        Map<String, Answer> answers = new java.util.HashMap<>();
        for (int i = 0; i < 100; i++) {
            answers.put("example " + i, new Answer("right", i < right ? "right" : "wrong"));
        }
        return answers;
    }

    private static Document parsed(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    private static Node trained(int id, int parent, String field, String value) {
        var recipe = SampleStudy.recipe(field, value);
        Node node = SampleStudy.child(id, parent, NodeState.COMPLETED, SampleStudy.score(60 + id), recipe);
        Run run = new Run(new RunId("dates-" + id), node.id(), 0, new Work.Train(recipe),
                new RunOutcome.Completed(SampleStudy.score(60 + id), null, new RunCost(12, 1L << 30, 512, 4096)));
        return new Node(node.id(), node.parent(), node.strategy(), node.state(), List.of(run), node.score(), false, "",
                null);
    }

    private static Map<RunId, List<RunEvent>> events(int... ids) {
        Map<RunId, List<RunEvent>> events = new java.util.HashMap<>();
        for (int id : ids) {
            List<RunEvent> said = new ArrayList<>();
            said.add(new RunEvent.Phase("training", -1));
            for (int step = 1; step <= 1000; step++) {
                said.add(new RunEvent.Step(step, 1000, 3.0 / step + id, 1e-3, 1, 900, 30, 1L << 29));
            }
            events.put(new RunId("dates-" + id), said);
        }
        return events;
    }

    private static ReportSource source(Study study, ExperimentTree tree) {
        return new ReportSource(study, tree, events(1, 2), ANSWERS,
                List.of(new ReportSource.JournalEntry(NOON, "The test split was opened.")), NOON);
    }

    private static ExperimentTree tree() {
        Node failed = SampleStudy.child(3, 1, NodeState.FAILED, null, SampleStudy.recipe("rank", "64"));
        Node explained = new Node(failed.id(), failed.parent(), failed.strategy(), failed.state(), List.of(), null, true,
                "Out of memory.", null);
        return new ExperimentTree(
                List.of(SampleStudy.baseline(), trained(1, 0, "rank", "16"), trained(2, 0, "schedule", "cosine"), explained),
                List.of(new Insight("A larger rank helps.", List.of(new NodeId(1)))));
    }

    private static Study finished() {
        Study study = SampleStudy.study(StudyState.FINISHED, SampleStudy.result());
        SealedSplit split = new SealedSplit(Split.TRAIN, "/s/train.jsonl", 400, "5eed");
        Prepared prepared = new Prepared(new ModelFiles("nano", "/m/nano.gguf", "d16e57"),
                new SealedSplits(split, split, split, 3), new DataProfile(400, 0, 10, 10, Map.of()));
        return new Study(study.id(), study.mission(), study.settings(), study.state(), study.created(), prepared,
                study.spending(), study.result());
    }

    @Test
    void theWholeStudyIsToldInOneWellFormedPage() throws Exception {
        String page = ReportPage.of(source(finished(), tree()));
        String text = parsed(page).getDocumentElement().getTextContent();
        assertThat(text).contains("Write dates as ISO", "0.1100 ± 0.0313 (n = 100)", "0.7800 ± 0.0414 (n = 100)",
                "beyond two standard errors", "rank 8 → 16", "schedule linear → cosine", "Out of memory.",
                "arXiv 2106.09685", "A larger rank helps. (#1)", "5eed", "d16e57", "The test split was opened.",
                "0:24", "8192");
    }

    private static Run measured(String id, int node, Split split, int right) {
        return new Run(new RunId(id), new NodeId(node), -1, new Work.Measure(null, split),
                new RunOutcome.Completed(SampleStudy.score(right), null, RunCost.NONE));
    }

    private static Node with(Node node, Run... more) {
        List<Run> runs = new ArrayList<>(node.runs());
        runs.addAll(List.of(more));
        return new Node(node.id(), node.parent(), node.strategy(), node.state(), runs, node.score(), false, "", null);
    }

    @Test
    void modelsAreComparedExampleByExampleAndByOtherSeeds() throws Exception {
        Node one = trained(1, 0, "rank", "16");
        Run again = new Run(new RunId("again"), one.id(), 0,
                new Work.Train(one.strategy().variants().getFirst().withSeed(99)),
                new RunOutcome.Completed(SampleStudy.score(55), null, RunCost.NONE));
        ExperimentTree tree = SampleStudy.tree(
                with(SampleStudy.baseline(), measured("dates-0", 0, Split.VALIDATION, 12), measured("test-0", 0, Split.TEST, 11)),
                with(one, again, measured("test-1", 1, Split.TEST, 78)), trained(2, 0, "rank", "4"));
        String text = parsed(ReportPage.of(source(finished(), tree))).getDocumentElement().getTextContent();
        assertThat(text).contains("against #0: +0.4900 ± 0.0500, p < 0.001")
                .contains("against #0: +0.0200 ± 0.0140, p = 0.50: within noise")
                .contains("answers 67 rightly that the baseline missed, and misses 0 that the baseline had")
                .containsIgnoringWhitespaces("0.6100 ± 0.0488 0.5500 ± 0.0497 -0.0600 0.5800");
    }

    @Test
    void thePageNeedsNoNetworkAndNoScript() throws Exception {
        String page = ReportPage.of(source(finished(), tree()));
        assertThat(page).doesNotContain("<script", "http://www.w3.org/1999/xlink", "src=", "@import", "url(");
        NodeList links = parsed(page).getElementsByTagName("a");
        for (int i = 0; i < links.getLength(); i++) {
            assertThat(((org.w3c.dom.Element) links.item(i)).getAttribute("href")).startsWith("#node-");
        }
    }

    @Test
    void treeAndCurvesAreDrawn() throws Exception {
        Document page = parsed(ReportPage.of(source(finished(), tree())));
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(2);
        assertThat(page.getElementsByTagName("rect").getLength()).isEqualTo(4);
        assertThat(page.getElementsByTagName("path").getLength()).isEqualTo(3);
        NodeList curves = page.getElementsByTagName("polyline");
        assertThat(curves.getLength()).isEqualTo(2);
        String points = ((org.w3c.dom.Element) curves.item(0)).getAttribute("points");
        assertThat(points.split(" ", -1)).hasSizeBetween(100, Curve.MOST);
    }

    @Test
    void aTextCanNeverBecomeMarkup() throws Exception {
        Mission plain = SampleStudy.mission();
        Mission evil = new Mission(plain.name(), EVIL, EVIL, plain.data(), plain.metric(), new Budget(8, 240, 1000),
                Map.of(), plain.start(), 1);
        Node node = SampleStudy.child(1, 0, NodeState.REJECTED, null, SampleStudy.recipe());
        Strategy strategy = new Strategy(node.strategy().direction(), EVIL, List.of(
                new trex.model.Evidence(EVIL, EVIL, EVIL)), node.strategy().variants(), EVIL);
        Node evilNode = new Node(node.id(), node.parent(), strategy, node.state(), List.of(), null, false, EVIL, null);
        Study study = SampleStudy.study(StudyState.STOPPED, null);
        Study evilStudy = new Study(study.id(), evil, study.settings(), study.state(), study.created(), null,
                study.spending(), null);
        String page = ReportPage.of(new ReportSource(evilStudy, SampleStudy.tree(SampleStudy.baseline(), evilNode),
                Map.of(), Map.of(), List.of(new ReportSource.JournalEntry(NOON, EVIL)), NOON));
        assertThat(parsed(page).getElementsByTagName("script").getLength()).isZero();
        assertThat(page).doesNotContain("<script>").contains("&lt;script&gt;alert(&quot;1&quot;)");
    }

    @Test
    void failuresAreShownWithTheirClustersAndTheConfusionOfAnswers() throws Exception {
        Study study = finished();
        ExperimentTree tree = tree();
        NodeId best = tree.best(study.result()).orElseThrow().id();
        BadCases bad = new BadCases(best, 100, 12, new BadCases.Change(NodeId.BASELINE, 30, 4, 0.0000081),
                Map.of("yes", Map.of("yes", 40, "no", 10), "no", Map.of("no", 48, "yes", 2)),
                List.of(new BadCases.Cluster("answer yes, 9 words and more", 20, 9, 0.0004),
                        new BadCases.Cluster("like no training row", 40, 6, 0.7)),
                List.of(new BadCases.Case(new Example("v.tsv:7", null, EVIL, "yes"), "no")));
        String page = ReportPage.of(new ReportSource(study, tree, Map.of(), Map.of(), List.of(), List.of(bad), NOON));
        assertThat(page).doesNotContain("<script>");
        assertThat(parsed(page).getDocumentElement().getTextContent()).contains("Failures on the validation split",
                "12 of 100", "Where " + best + " fails", "answered no", "answer yes, 9 words and more", "45 %", "< 0.001",
                "0.700, may be luck", "v.tsv:7");
    }

    @Test
    void aStudyThatHasHardlyBegunHasAReportToo() throws Exception {
        Study study = SampleStudy.study(StudyState.PREPARING, null);
        String page = ReportPage.of(new ReportSource(study, ExperimentTree.EMPTY, Map.of(), Map.of(), List.of(), NOON));
        assertThat(parsed(page).getDocumentElement().getTextContent())
                .contains("not finished", "no nodes yet", "No run has trained yet");
    }

    @Test
    void theStarStandsAtTheNodeThatTheStudyNamedThoughAnotherScoredHigherOnce() throws Exception {
        Node named = SampleStudy.child(1, 0, NodeState.COMPLETED, SampleStudy.score(70), SampleStudy.recipe());
        Node lucky = SampleStudy.child(2, 0, NodeState.COMPLETED, SampleStudy.score(90), SampleStudy.recipe());
        ExperimentTree tree = SampleStudy.tree(SampleStudy.baseline(), named, lucky);
        String finished = ReportPage.of(new ReportSource(SampleStudy.study(StudyState.FINISHED, SampleStudy.result()), tree,
                Map.of(), Map.of(), List.of(), NOON));
        String running = ReportPage.of(new ReportSource(SampleStudy.study(StudyState.RUNNING, null), tree,
                Map.of(), Map.of(), List.of(), NOON));
        assertThat(parsed(finished).getDocumentElement().getTextContent()).contains("#1 ★").doesNotContain("#2 ★");
        assertThat(parsed(running).getDocumentElement().getTextContent()).contains("#2 ★").doesNotContain("#1 ★");
    }

    @Test
    void aDeepTreeIsDrawnWithoutRecursion() throws Exception {
        List<Node> chain = new ArrayList<>(List.of(SampleStudy.baseline()));
        for (int i = 1; i < 900; i++) {
            chain.add(SampleStudy.child(i, i - 1, NodeState.COMPLETED, SampleStudy.score(i % 90), SampleStudy.recipe()));
        }
        Markup page = new Markup();
        new TreeDrawing(new ExperimentTree(chain, List.of()), SampleStudy.mission(), null).draw(page);
        assertThat(parsed(page.finish()).getElementsByTagName("rect").getLength()).isEqualTo(900);
    }

    @Test
    void gridLinesStandAtReadableDistances() {
        assertThat(CurveDrawing.grid(5)).isEqualTo(1);
        assertThat(CurveDrawing.grid(3.2)).isEqualTo(1);
        assertThat(CurveDrawing.grid(0.9)).isEqualTo(0.2);
    }
}
