package trex.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.loop.StudyStore;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Insight;
import trex.model.Mission;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Prepared;
import trex.model.Run;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.Score;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudySettings;
import trex.model.StudyState;

/// Studies in the database file `<home>/db/trex.mv.db`, held by one process at a time.
public final class H2StudyStore implements StudyStore {
    private final InstantSource clock;
    private final FolderLock lock;
    private final Database database;

    private H2StudyStore(InstantSource clock, FolderLock lock, Database database) {
        this.clock = clock;
        this.lock = lock;
        this.database = database;
    }

    /// Opens the store of a home folder, made where there is none.
    ///
    /// @throws StoreFailure if another process holds the folder, or the database cannot be opened
    public static H2StudyStore open(Path home, InstantSource clock) {
        Path folder = home.toAbsolutePath().resolve("db");
        FolderLock lock = FolderLock.take(home, folder.resolve("trex.lock"));
        try {
            return new H2StudyStore(clock, lock, new Database(folder, clock));
        } catch (StoreFailure e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public StudyId create(Mission mission, StudySettings settings) {
        return database.changing(c -> new StudyTable(c).insert(mission, settings, clock.instant()));
    }

    @Override
    public List<Study> studies() {
        return database.read(c -> new StudyTable(c).newestFirst());
    }

    @Override
    public Study study(StudyId id) {
        return database.read(c -> new StudyTable(c).get(id));
    }

    @Override
    public ExperimentTree tree(StudyId id) {
        return database.read(c -> {
            refuseUnknown(c, id);
            return new ExperimentTree(
                    new NodeTable(c, id).all(new RunTable(c, id).byNode()), new InsightTable(c, id).all());
        });
    }

    @Override
    public void settings(StudyId id, StudySettings settings) {
        database.change(c -> new StudyTable(c).settings(id, settings));
    }

    @Override
    public void state(StudyId id, StudyState state) {
        database.change(c -> new StudyTable(c).state(id, state));
    }

    @Override
    public void prepared(StudyId id, Prepared prepared) {
        database.change(c -> new StudyTable(c).prepared(id, prepared));
    }

    @Override
    public void finished(StudyId id, StudyResult result) {
        database.change(c -> new StudyTable(c).finished(id, result));
    }

    @Override
    public void spend(StudyId id, double seconds) {
        database.change(c -> new StudyTable(c).spend(id, seconds));
    }

    @Override
    public void reserve(StudyId id, double seconds, double tokens, double disk) {
        database.change(c -> new StudyTable(c).reserve(id, seconds, tokens, disk));
    }

    @Override
    public void holds(StudyId id, long bytes) {
        database.change(c -> new StudyTable(c).holds(id, bytes));
    }

    @Override
    public NodeId open(StudyId id, @Nullable NodeId parent, Strategy strategy, @Nullable Choice choice,
            @Nullable NodeId boosted) {
        return database.changing(c -> {
            refuseUnknown(c, id);
            if (boosted != null) {
                new StudyTable(c).granted(id, boosted);
            }
            return new NodeTable(c, id).insert(parent, strategy, choice);
        });
    }

    @Override
    public void approve(StudyId id, NodeId node, Strategy strategy) {
        database.change(c -> {
            NodeTable nodes = openNode(c, id, node);
            nodes.strategy(node, strategy);
            nodes.state(node, NodeState.QUEUED);
        });
    }

    @Override
    public void reject(StudyId id, NodeId node, String reason) {
        database.change(c -> {
            NodeTable nodes = openNode(c, id, node);
            nodes.state(node, NodeState.REJECTED);
            nodes.note(node, reason);
        });
    }

    @Override
    public void begin(StudyId id, Run run) {
        database.change(c -> {
            refuseUnknown(c, id);
            RunTable runs = new RunTable(c, id);
            if (!runs.has(run.id())) {
                runs.insert(run);
            }
            NodeTable nodes = new NodeTable(c, id);
            if (!nodes.state(run.node()).isFinal()) {
                nodes.state(run.node(), NodeState.RUNNING);
            }
        });
    }

    @Override
    public void end(StudyId id, RunId run, RunOutcome outcome) {
        database.change(c -> {
            refuseUnknown(c, id);
            if (new RunTable(c, id).outcome(run, outcome)) {
                new StudyTable(c).settle(id, outcome.cost());
            }
        });
    }

    @Override
    public void close(StudyId id, NodeId node, NodeState state, @Nullable Score score, String note) {
        database.change(c -> {
            NodeTable nodes = openNode(c, id, node);
            nodes.state(node, state);
            nodes.score(node, score);
            nodes.note(node, note);
        });
    }

    @Override
    public void prune(StudyId id, NodeId node, boolean pruned) {
        database.change(c -> {
            refuseUnknown(c, id);
            new NodeTable(c, id).pruned(node, pruned);
        });
    }

    @Override
    public void boost(StudyId id, NodeId node) {
        database.change(c -> new StudyTable(c).boosted(id, node));
    }

    @Override
    public void endSearch(StudyId id) {
        database.change(c -> new StudyTable(c).ended(id));
    }

    @Override
    public Wishing wishes(StudyId id) {
        return database.read(c -> new StudyTable(c).wishes(id));
    }

    @Override
    public void keep(StudyId id, Reading reading) {
        database.change(c -> {
            refuseUnknown(c, id);
            new ReadingTable(c, id).keep(reading);
        });
    }

    @Override
    public List<Reading> readings(StudyId id) {
        return database.read(c -> {
            refuseUnknown(c, id);
            return new ReadingTable(c, id).all();
        });
    }

    @Override
    public void insights(StudyId id, List<Insight> insights) {
        database.change(c -> {
            refuseUnknown(c, id);
            new InsightTable(c, id).replace(insights);
        });
    }

    @Override
    public void journal(StudyId id, String line) {
        database.change(c -> {
            refuseUnknown(c, id);
            new JournalTable(c, id).append(clock.instant(), line);
        });
    }

    @Override
    public List<JournalLine> journal(StudyId id) {
        return database.read(c -> {
            refuseUnknown(c, id);
            return new JournalTable(c, id).oldestFirst();
        });
    }

    private static void refuseUnknown(Connection c, StudyId id) throws SQLException {
        if (!new StudyTable(c).has(id)) {
            throw new UnknownStudy(id);
        }
    }

    private static NodeTable openNode(Connection c, StudyId id, NodeId node) throws SQLException {
        refuseUnknown(c, id);
        NodeTable nodes = new NodeTable(c, id);
        NodeState state = nodes.state(node);
        if (state.isFinal()) {
            throw new NodeAlreadyClosed(node, state);
        }
        return nodes;
    }

    @Override
    public void close() {
        database.close();
        lock.close();
    }
}
