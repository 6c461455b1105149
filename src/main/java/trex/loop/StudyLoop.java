package trex.loop;

import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.model.Prepared;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudyState;

/// Turns a mission into a tree of experiments. Each turn reads the stored tree, does one [Step] and
/// stores what came of it, so that a killed loop is gone on with by starting another one.
public final class StudyLoop {
    private static final Logger LOG = LoggerFactory.getLogger(StudyLoop.class);

    private final StudyId id;
    private final Ports ports;
    private final ApprovalGate gate;
    private final StudyStore store;
    private final Wishes wishes = new Wishes();
    private final Announcer announcer;
    private boolean endTold;

    public StudyLoop(StudyId id, Ports ports, ApprovalGate gate, StudyListener listener) {
        this.id = id;
        this.ports = ports;
        this.gate = gate;
        this.store = ports.store();
        this.announcer = new Announcer(id, store, listener);
    }

    Announcer announcer() {
        return announcer;
    }

    /// Ends the study within one step of its run; it can be gone on with.
    public void stop() {
        wishes.ask(Wishes.Ending.STOP);
    }

    /// Ends the search now, for this loop and all that go on with the study, then measures the test split.
    public void finish() {
        store.endSearch(id);
        wishes.ask(Wishes.Ending.FINISH);
    }

    /// Goes on until the study is finished, stopped, or cannot go on.
    ///
    /// @return the state it leaves
    public StudyState run() {
        try {
            announcer.tree();
            announcer.spending();
            return turns();
        } catch (Preparation.Unprepared | StudyFault e) {
            return stopped(String.valueOf(e.getMessage()));
        } catch (StudyStore.StoreFailure e) {
            LOG.error("{}: the store refuses", id, e);
            announcer.error(String.valueOf(e.getMessage()));
            announcer.state(StudyState.STOPPED);
            return StudyState.STOPPED;
        } catch (InterruptedException e) {
            // As after a kill: the store knows where to go on.
            Thread.currentThread().interrupt();
            announcer.state(StudyState.STOPPED);
            return StudyState.STOPPED;
        } catch (RuntimeException e) {
            // An outer edge: a fault of this program ends this study and no other.
            LOG.error("{}: stopped by a fault of this program", id, e);
            return stopped("stopped by a fault of this program: " + e);
        }
    }

    private StudyState turns() throws Preparation.Unprepared, StudyFault, InterruptedException {
        Study study = store.study(id);
        try {
            Prepared prepared = prepared(study);
            if (store.wishes(id).searchEnded()) {
                wishes.ask(Wishes.Ending.FINISH);
            }
            enter(StudyState.RUNNING);
            settleDisk();
            Optional<StudyResult> result = search(study, prepared);
            if (result.isPresent()) {
                return finished(result.get());
            }
        } catch (Wishes.Woken e) {
            LOG.info("{}: stopped while preparing", id);
        }
        return enter(StudyState.STOPPED);
    }

    /// @return empty if the person stopped the study
    private Optional<StudyResult> search(Study study, Prepared prepared) throws StudyFault, InterruptedException {
        Flights flights = new Flights();
        try {
            Turn turn = new Turn(study, prepared, ports, gate, wishes, announcer, flights);
            while (wishes.ending() != Wishes.Ending.STOP) {
                flights.noteLandings();
                Plan plan = plan(study, prepared, flights);
                if (plan.next() instanceof Step.Finish(StudyResult result)) {
                    return Optional.of(result);
                }
                tellOnceWhyTheSearchEnds(plan);
                turn.take(plan);
            }
            flights.awaitAll();
            return Optional.empty();
        } catch (StudyFault | RuntimeException e) {
            wishes.ask(Wishes.Ending.STOP);
            flights.awaitAllDespiteFaults();
            throw e;
        } finally {
            flights.abandon(); // those that are left where this thread is interrupted or dies
        }
    }

    /// What an earlier loop did not come to, and what has changed since.
    private void settleDisk() {
        store.tree(id).nodes().stream()
                .flatMap(node -> node.runs().stream())
                .filter(run -> run.outcome() != null)
                .forEach(run -> ports.disk().release(id, run.id()));
        store.holds(id, ports.disk().held(id));
        announcer.spending();
    }

    private Prepared prepared(Study study)
            throws Preparation.Unprepared, Wishes.Woken, InterruptedException {
        Prepared known = study.prepared();
        if (known != null) {
            return known;
        }
        enter(StudyState.PREPARING);
        Prepared prepared = wishes.interruptibly(Wishes.Ending.STOP, () -> ports.preparation().prepare(
                id, study.mission(),
                event -> announcer.say(new StudyEvent.RunProgress(RunIds.preparation(id), event))));
        store.prepared(id, prepared);
        return prepared;
    }

    /// Lessons first: they are read off the tree too, and a killed loop may have missed some.
    private Plan plan(Study study, Prepared prepared, Flights flights) {
        var tree = store.tree(id);
        var insights = ports.insights().apply(tree);
        if (!insights.equals(tree.insights())) {
            store.insights(id, insights);
            announcer.tree();
        }
        Study now = store.study(id);
        return new Plan(study.mission(), prepared, tree, now.spending(),
                flights.beside(now.settings().parallel()), wishes.ending() == Wishes.Ending.FINISH,
                recipe -> ports.disk().need(prepared.model(), recipe));
    }

    private void tellOnceWhyTheSearchEnds(Plan plan) {
        if (!endTold) {
            plan.whySearchEnds().ifPresent(why -> {
                endTold = true;
                announcer.info(String.format(Locale.ROOT, "The search ends after %d of %d rounds: %s.",
                        plan.tree().rounds().finished(), plan.mission().budget().rounds(), why));
            });
        }
    }

    private StudyState finished(StudyResult result) {
        store.finished(id, result);
        announcer.say(new StudyEvent.Finished(result));
        announcer.state(StudyState.FINISHED);
        return StudyState.FINISHED;
    }

    private StudyState stopped(String reason) {
        announcer.error(reason);
        store.journal(id, "stopped: " + reason);
        return enter(StudyState.STOPPED);
    }

    private StudyState enter(StudyState state) {
        store.state(id, state);
        announcer.state(state);
        return state;
    }
}
