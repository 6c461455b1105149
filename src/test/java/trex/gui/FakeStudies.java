package trex.gui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import trex.data.BadMission;
import trex.data.MissionFile;
import trex.loop.Studies;
import trex.loop.StudyControl;
import trex.loop.StudyListener;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudySettings;

/// Studies in memory, played by a test. A mission file is good unless it says "broken".
public final class FakeStudies implements Studies {
    private final List<FakeStudy> studies = new CopyOnWriteArrayList<>();
    private final List<RunId> workers = new CopyOnWriteArrayList<>();
    private final List<RunId> stopped = new CopyOnWriteArrayList<>();
    private final List<Path> bundled = new CopyOnWriteArrayList<>();

    public FakeStudy study(Mission mission, StudySettings settings) {
        FakeStudy study = new FakeStudy(new StudyId(mission.name() + "-" + (studies.size() + 1)), mission, settings);
        studies.addFirst(study);
        return study;
    }

    public List<FakeStudy> played() {
        return studies;
    }

    public List<RunId> workers() {
        return workers;
    }

    public List<RunId> stopped() {
        return stopped;
    }

    @Override
    public List<Study> list() {
        return studies.stream().map(FakeStudy::study).toList();
    }

    @Override
    public ExperimentTree tree(StudyId id) {
        return find(id).tree();
    }

    @Override
    public Mission readMission(Path file) throws Refused {
        try {
            if (Files.readString(file).contains("broken")) {
                throw new Refused(file.getFileName() + ": unknown metric \"acuracy\"; known are accuracy, macro_f1, exact_match");
            }
            return Files.readString(file).contains("train.jsonl") ? MissionFile.read(file) : Samples.mission();
        } catch (BadMission e) {
            throw new Refused(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Refused("cannot read " + file + ": no such file", e);
        }
    }

    @Override
    public StudyControl start(Mission mission, StudySettings settings, StudyListener listener) {
        FakeStudy study = study(mission, settings);
        study.listen(listener);
        return study;
    }

    @Override
    public StudyControl resume(StudyId id, StudyListener listener) {
        FakeStudy study = find(id);
        study.listen(listener);
        return study;
    }

    @Override
    public List<RunEvent> events(StudyId id, RunId run) {
        List<RunEvent> events = new ArrayList<>();
        for (int i = 1; i <= 64; i++) {
            events.add(new RunEvent.Step(i, 64, 0.2 + 2.2 * Math.exp(-i / 14.0) + 0.1 * Math.sin(i * 1.7), 1e-3, 1, 5000, 30, 900L << 20));
        }
        return events;
    }

    @Override
    public List<RunId> runningWorkers() {
        return List.copyOf(workers);
    }

    @Override
    public void stopWorker(RunId run) {
        stopped.add(run);
        workers.remove(run);
    }

    @Override
    public Path writeReport(StudyId id) throws Refused {
        return Path.of("/home/you/.local/share/trex/studies/" + id + "/report.html");
    }

    @Override
    public void bundle(StudyId id, Path file) {
        bundled.add(file);
    }

    /// Where bundles were asked for.
    public List<Path> bundled() {
        return bundled;
    }

    private FakeStudy find(StudyId id) {
        return studies.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
    }
}
