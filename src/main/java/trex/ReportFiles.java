package trex;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.executor.LocalRunner;
import trex.loop.Studies;
import trex.loop.StudyStore;
import trex.model.Answer;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.Run;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Study;
import trex.model.StudyId;
import trex.report.ReportPage;
import trex.report.ReportSource;

/// Writes `studies/<id>/report.html` from the store and the job folders.
final class ReportFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ReportFiles.class);

    private final Path home;
    private final StudyStore store;
    private final LocalRunner runner;
    private final InstantSource clock;

    ReportFiles(Path home, StudyStore store, LocalRunner runner, InstantSource clock) {
        this.home = home;
        this.store = store;
        this.runner = runner;
        this.clock = clock;
    }

    Path write(StudyId id) throws Studies.Refused {
        ExperimentTree tree = store.tree(id);
        Study study = store.study(id);
        String page = ReportPage.of(new ReportSource(study, tree, ofEach(tree, run -> events(id, run)),
                ofEach(tree, run -> answers(id, run)), journal(id), new Diagnoses(runner).of(study, tree),
                clock.instant()));
        Path file = home.resolve("studies").resolve(id.value()).resolve("report.html");
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling("report.html.new");
            Files.writeString(fresh, page);
            return Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Studies.Refused("the report " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /// A run's events so far; none where its folder cannot be read.
    List<RunEvent> events(StudyId id, RunId run) {
        try {
            return runner.events(id, run);
        } catch (IOException e) {
            LOG.warn("cannot read the events of {}", run, e);
            return List.of();
        }
    }

    /// What a run's model answered; nothing where its folder cannot be read.
    Map<String, Answer> answers(StudyId id, RunId run) {
        try {
            Map<String, Answer> answers = new LinkedHashMap<>();
            runner.predictions(id, run).forEach(p -> answers.put(p.id(), new Answer(p.expected(), p.given())));
            return answers;
        } catch (IOException e) {
            LOG.warn("cannot read the answers of {}", run, e);
            return Map.of();
        }
    }

    private static <T> Map<RunId, T> ofEach(ExperimentTree tree, Function<RunId, T> what) {
        Map<RunId, T> all = new HashMap<>();
        for (Node node : tree.nodes()) {
            for (Run run : node.runs()) {
                all.put(run.id(), what.apply(run.id()));
            }
        }
        return all;
    }

    private List<ReportSource.JournalEntry> journal(StudyId id) {
        return store.journal(id).stream().map(l -> new ReportSource.JournalEntry(l.at(), l.text())).toList();
    }
}
