package trex.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trex.model.ExperimentTree;
import trex.model.Insight;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.Run;
import trex.model.RunEvent;
import trex.model.Study;

/// A study's report as one XHTML page.
public final class ReportPage {
    private final ReportSource source;
    private final Study study;
    private final Mission mission;
    private final ExperimentTree tree;
    private final Optional<Node> best;
    private final Markup page = new Markup();

    private ReportPage(ReportSource source) {
        this.source = source;
        this.study = source.study();
        this.mission = study.mission();
        this.tree = source.tree();
        this.best = tree.best(study.result());
    }

    public static String of(ReportSource source) {
        return new ReportPage(source).write();
    }

    private String write() {
        page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
        page.open("head").empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.leaf("title", "TREX study " + study.id()).style(styleSheet()).close();
        page.open("body");
        mission();
        new ResultSection(source).write(page);
        search();
        curves();
        new RoundsSection(source).write(page);
        new FailuresSection(source.failures()).write(page, best.map(Node::id).orElse(NodeId.BASELINE));
        insights();
        new SpendingSection(study, tree).write(page);
        new ProvenanceSection(study).write(page);
        journal();
        page.leaf("footer", "Written by TREX Workbench at " + source.written() + ".");
        page.close().close();
        return "<!DOCTYPE html>\n" + page.finish();
    }

    private void mission() {
        page.open("header").leaf("h1", mission.name()).leaf("p", mission.goal(), "class", "goal");
        FactTable facts = new FactTable(page);
        facts.row("study", study.id().toString());
        facts.row("state", Phrases.word(study.state()));
        facts.row("begun", study.created().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.row("base model", mission.baseModel());
        facts.row("metric", mission.metric().id() + ", " + Phrases.word(mission.metric().better()) + " is better");
        facts.row("budget", mission.budget().rounds() + " rounds, " + Phrases.clock((double) mission.budget().seconds())
                + " of computing, at most " + mission.budget().examplesPerRound() + " examples a round");
        facts.row("search policy", study.settings().policy());
        facts.end();
        page.close();
    }

    private void search() {
        page.open("section").leaf("h2", "Search tree");
        if (tree.isEmpty()) {
            page.leaf("p", "The study has no nodes yet.");
        } else {
            page.open("div", "class", "wide");
            new TreeDrawing(tree, mission, best.orElse(null)).draw(page);
            page.close();
        }
        page.close();
    }

    private void curves() {
        List<Curve> curves = new ArrayList<>();
        @Nullable Run bestRun = best.map(Node::bestRun).orElse(null);
        for (Node node : tree.nodes()) {
            for (Run run : node.runs()) {
                List<RunEvent> events = source.events().getOrDefault(run.id(), List.of());
                Curve curve = Curve.of(name(node, run), run.equals(bestRun), events);
                if (curve.points().size() > 1) {
                    curves.add(curve);
                }
            }
        }
        page.open("section").leaf("h2", "Loss of the runs");
        if (curves.isEmpty()) {
            page.leaf("p", "No run has trained yet.");
        } else {
            page.open("div", "class", "wide");
            new CurveDrawing(curves).draw(page);
            page.close();
        }
        page.close();
    }

    private static String name(Node node, Run run) {
        return node.strategy().variants().size() > 1 ? node.id() + " variant " + (run.variant() + 1) : node.id().toString();
    }

    private void insights() {
        if (tree.insights().isEmpty()) {
            return;
        }
        page.open("section").leaf("h2", "Insights").open("ul");
        for (Insight insight : tree.insights()) {
            page.leaf("li", insight.lesson() + " (" + String.join(", ",
                    insight.evidence().stream().map(Object::toString).toList()) + ")");
        }
        page.close().close();
    }

    private void journal() {
        if (source.journal().isEmpty()) {
            return;
        }
        page.open("section").leaf("h2", "Journal");
        FactTable lines = new FactTable(page);
        source.journal().forEach(line -> lines.row(line.at().toString(), line.text()));
        lines.end();
        page.close();
    }

    private static String styleSheet() {
        try (InputStream sheet = ReportPage.class.getResourceAsStream("report.css")) {
            if (sheet == null) {
                throw new IllegalStateException("report.css is not beside " + ReportPage.class.getName());
            }
            return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading report.css", e);
        }
    }
}
