package trex;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.data.BadMission;
import trex.data.MissionFile;
import trex.executor.Bundles;
import trex.executor.LocalDevices;
import trex.executor.LocalDisk;
import trex.executor.LocalPreparation;
import trex.executor.LocalRunner;
import trex.executor.WorkerSettings;
import trex.executor.Workers;
import trex.fetch.Places;
import trex.loop.Devices;
import trex.loop.Ports;
import trex.loop.RunningStudy;
import trex.loop.Steering;
import trex.loop.Studies;
import trex.loop.StudyControl;
import trex.loop.StudyEvent;
import trex.loop.StudyListener;
import trex.loop.StudyStore;
import trex.model.Answer;
import trex.model.DeviceList;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.researcher.playbook.PlaybookResearcher;
import trex.search.Insights;
import trex.search.SearchPolicies;
import trex.search.pruner.Pruners;
import trex.store.H2StudyStore;

/// The studies of one home folder, carried out on this machine.
final class LocalStudies implements Studies {
    private static final Logger LOG = LoggerFactory.getLogger(LocalStudies.class);

    private final StudyStore store;
    private final Ports ports;
    private final ConfiguredModel model;
    private final LocalRunner runner;
    private final LocalDevices devices;
    private final Workers workers;
    private final ReportFiles reports;
    private final Bundles bundles;
    private final Map<StudyId, RunningStudy> running = new ConcurrentHashMap<>();

    private LocalStudies(
            Places places, StudyStore store, WorkerSettings settings, ConfiguredModel model, InstantSource clock) {
        this.store = store;
        this.model = model;
        this.runner = new LocalRunner(places.home(), settings, model.asked().orElse(null));
        this.devices = LocalDevices.of(places.home(), System.getenv());
        this.workers = new Workers(places.home());
        this.reports = new ReportFiles(places.home(), store, runner, clock);
        this.bundles = new Bundles(places, settings);
        this.ports = new Ports(store, new LocalPreparation(places), new PlaybookResearcher(),
                (chosen, mission) -> SearchPolicies.named(chosen.policy(), chosen.exploration(), mission.seed()),
                Insights::from, runner, new LocalDisk(places.home()), new Devices(), clock);
    }

    /// Takes hold of the home folder.
    ///
    /// @throws Refused if another program has it, or its database cannot be used
    static LocalStudies open(Places places, WorkerSettings settings) throws Refused {
        return open(places, settings, System.getenv());
    }

    /// @param environment names the language model that data recipes may ask
    static LocalStudies open(Places places, WorkerSettings settings, Map<String, String> environment) throws Refused {
        InstantSource clock = InstantSource.system();
        ConfiguredModel model = ConfiguredModel.of(places.home(), environment);
        try {
            return new LocalStudies(places, H2StudyStore.open(places.home(), clock), settings, model, clock);
        } catch (StudyStore.StoreFailure e) {
            throw new Refused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public List<Study> list() {
        return store.studies().stream().map(this::asItStands).toList();
    }

    /// A study that a killed workbench left as running has stopped: this process holds the folder.
    private Study asItStands(Study study) {
        boolean left = (study.state() == StudyState.RUNNING || study.state() == StudyState.PREPARING)
                && !goesOn(study.id());
        return left
                ? new Study(study.id(), study.mission(), study.settings(), StudyState.STOPPED, study.created(),
                        study.prepared(), study.spending(), study.result())
                : study;
    }

    private boolean goesOn(StudyId id) {
        RunningStudy study = running.get(id);
        return study != null && !study.hasEnded();
    }

    @Override
    public ExperimentTree tree(StudyId id) {
        return store.tree(id);
    }

    @Override
    public Mission readMission(Path file) throws Refused {
        try {
            return MissionFile.read(file);
        } catch (BadMission e) {
            throw new Refused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public StudyControl start(Mission mission, StudySettings settings, StudyListener listener) throws Refused {
        refuseMissing(settings);
        model.refuseUnaskable(mission);
        try {
            SearchPolicies.named(settings.policy(), settings.exploration(), mission.seed());
            Pruners.named(settings.pruner());
            return launch(store.create(mission, settings), listener);
        } catch (IllegalArgumentException | StudyStore.StoreFailure e) {
            throw new Refused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public StudyControl resume(StudyId id, StudyListener listener) throws Refused {
        if (goesOn(id)) {
            throw new Refused("study " + id + " is going on already");
        }
        try {
            if (store.study(id).state() == StudyState.FINISHED) {
                throw new Refused("study " + id + " is finished: its test split has been opened, so its search is over");
            }
            refuseMissing(store.study(id).settings());
            return launch(id, listener);
        } catch (StudyStore.UnknownStudy | StudyStore.StoreFailure e) {
            throw new Refused(String.valueOf(e.getMessage()), e);
        }
    }

    private void refuseMissing(StudySettings settings) throws Refused {
        Optional<String> refusal = devices.refusal(DeviceList.of(settings.device()));
        if (refusal.isPresent()) {
            throw new Refused(refusal.get());
        }
    }

    @Override
    public Steering steering(StudyId id) throws Refused {
        if (goesOn(id)) {
            throw new Refused("study " + id + " is going on: steer it where it goes on");
        }
        try {
            if (store.study(id).state() == StudyState.FINISHED) {
                throw new Refused("study " + id + " is finished: its search is over");
            }
            return new Steering(id, store, ports.policies());
        } catch (StudyStore.UnknownStudy | StudyStore.StoreFailure e) {
            throw new Refused(String.valueOf(e.getMessage()), e);
        }
    }

    private StudyControl launch(StudyId id, StudyListener listener) {
        RunningStudy study = RunningStudy.start(id, ports, event -> {
            if (event instanceof StudyEvent.Finished) {
                reportAtTheEnd(id);
            }
            listener.on(event);
        });
        running.put(id, study);
        return study;
    }

    private void reportAtTheEnd(StudyId id) {
        try {
            reports.write(id);
        } catch (Refused e) {
            LOG.warn("{}: no report", id, e);
        }
    }

    @Override
    public List<RunEvent> events(StudyId id, RunId run) {
        return reports.events(id, run);
    }

    @Override
    public Map<String, Answer> answers(StudyId id, RunId run) {
        return reports.answers(id, run);
    }

    @Override
    public List<RunId> runningWorkers() {
        return workers.running();
    }

    @Override
    public void stopWorker(RunId run) {
        try {
            workers.stop(run);
        } catch (IOException e) {
            LOG.error("cannot ask the worker of {} to stop", run, e);
        }
    }

    @Override
    public Path writeReport(StudyId id) throws Refused {
        try {
            return reports.write(id);
        } catch (StudyStore.UnknownStudy | StudyStore.StoreFailure e) {
            throw new Refused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void bundle(StudyId id, Path file) throws Refused {
        try {
            bundles.write(store.study(id), store.tree(id), file);
        } catch (StudyStore.UnknownStudy | StudyStore.StoreFailure e) {
            throw new Refused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        running.values().forEach(RunningStudy::abandon);
        store.close();
    }
}
