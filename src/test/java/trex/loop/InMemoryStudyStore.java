package trex.loop;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import trex.model.Choice;
import trex.model.DiskUse;
import trex.model.ExperimentTree;
import trex.model.Insight;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Prepared;
import trex.model.Run;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.Score;
import trex.model.Spending;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudySettings;
import trex.model.StudyState;

/// A store that forgets everything with its process.
public final class InMemoryStudyStore implements StudyStore {
    private final InstantSource clock;
    private final Map<StudyId, Shelf> shelves = new LinkedHashMap<>();

    /// All that is kept of one study.
    private static final class Shelf {
        private Study study;
        private ExperimentTree tree = ExperimentTree.EMPTY;
        private final List<JournalLine> journal = new ArrayList<>();
        private Wishing wishes = new Wishing(null, false);
        private final Map<RunId, NavigableMap<Integer, Reading>> readings = new TreeMap<>(Comparator.comparing(RunId::value));

        Shelf(Study study) {
            this.study = study;
        }

        Node node(NodeId id) {
            return tree.node(id);
        }

        void put(Node node) {
            List<Node> nodes = new ArrayList<>(tree.nodes());
            nodes.set(node.id().value(), node);
            tree = new ExperimentTree(nodes, tree.insights());
        }

        Node open(NodeId id) {
            Node node = node(id);
            if (node.state().isFinal()) {
                throw new NodeAlreadyClosed(id, node.state());
            }
            return node;
        }
    }

    public InMemoryStudyStore(InstantSource clock) {
        this.clock = clock;
    }

    private Shelf shelf(StudyId id) {
        Shelf shelf = shelves.get(id);
        if (shelf == null) {
            throw new UnknownStudy(id);
        }
        return shelf;
    }

    private synchronized void change(StudyId id, UnaryOperator<Study> change) {
        Shelf shelf = shelf(id);
        shelf.study = change.apply(shelf.study);
    }

    @Override
    public synchronized StudyId create(Mission mission, StudySettings settings) {
        Instant created = clock.instant();
        while (shelves.containsKey(StudyId.of(mission.name(), created))) {
            created = created.plusSeconds(1);
        }
        StudyId id = StudyId.of(mission.name(), created);
        shelves.put(id, new Shelf(new Study(id, mission, settings, StudyState.PREPARING, created, null,
                new Spending(0, 0, mission.budget().secondsWithinMoney(), 0, 0, mission.budget().tokens(),
                        new DiskUse(0, 0, mission.budget().disk())), null)));
        return id;
    }

    @Override
    public synchronized List<Study> studies() {
        return new ArrayList<>(shelves.values().stream().map(s -> s.study).toList()).reversed();
    }

    @Override
    public synchronized Study study(StudyId id) {
        return shelf(id).study;
    }

    @Override
    public synchronized ExperimentTree tree(StudyId id) {
        return shelf(id).tree;
    }

    @Override
    public void settings(StudyId id, StudySettings settings) {
        change(id, s -> new Study(s.id(), s.mission(), settings, s.state(), s.created(), s.prepared(), s.spending(),
                s.result()));
    }

    @Override
    public void state(StudyId id, StudyState state) {
        change(id, s -> new Study(s.id(), s.mission(), s.settings(), state, s.created(), s.prepared(), s.spending(),
                s.result()));
    }

    @Override
    public void prepared(StudyId id, Prepared prepared) {
        change(id, s -> new Study(s.id(), s.mission(), s.settings(), s.state(), s.created(), prepared, s.spending(),
                s.result()));
    }

    @Override
    public void finished(StudyId id, StudyResult result) {
        change(id, s -> new Study(s.id(), s.mission(), s.settings(), StudyState.FINISHED, s.created(), s.prepared(),
                s.spending(), result));
    }

    private void spending(StudyId id, UnaryOperator<Spending> change) {
        change(id, s -> new Study(s.id(), s.mission(), s.settings(), s.state(), s.created(), s.prepared(),
                change.apply(s.spending()), s.result()));
    }

    @Override
    public void spend(StudyId id, double seconds) {
        spending(id, s -> new Spending(s.spentSeconds() + seconds, s.reservedSeconds(), s.budgetSeconds(),
                s.spentTokens(), s.reservedTokens(), s.budgetTokens(), s.disk()));
    }

    @Override
    public void reserve(StudyId id, double seconds, double tokens, double disk) {
        spending(id, s -> new Spending(s.spentSeconds(), seconds, s.budgetSeconds(), s.spentTokens(), tokens,
                s.budgetTokens(), new DiskUse(s.disk().held(), disk, s.disk().budget())));
    }

    @Override
    public void holds(StudyId id, long bytes) {
        spending(id, s -> new Spending(s.spentSeconds(), s.reservedSeconds(), s.budgetSeconds(), s.spentTokens(),
                s.reservedTokens(), s.budgetTokens(), new DiskUse(bytes, s.disk().reserved(), s.disk().budget())));
    }

    @Override
    public synchronized NodeId open(StudyId id, @Nullable NodeId parent, Strategy strategy, @Nullable Choice choice,
            @Nullable NodeId boosted) {
        Shelf shelf = shelf(id);
        if (boosted != null && boosted.equals(shelf.wishes.boosted())) {
            shelf.wishes = new Wishing(null, shelf.wishes.searchEnded());
        }
        NodeId node = new NodeId(shelf.tree.nodes().size());
        List<Node> nodes = new ArrayList<>(shelf.tree.nodes());
        nodes.add(new Node(node, parent, strategy, NodeState.PROPOSED, List.of(), null, false, "", choice));
        shelf.tree = new ExperimentTree(nodes, shelf.tree.insights());
        return node;
    }

    @Override
    public synchronized void approve(StudyId id, NodeId node, Strategy strategy) {
        Node n = shelf(id).open(node);
        shelf(id).put(new Node(node, n.parent(), strategy, NodeState.QUEUED, n.runs(), n.score(), n.pruned(), n.note(),
                n.choice()));
    }

    @Override
    public synchronized void reject(StudyId id, NodeId node, String reason) {
        close(id, node, NodeState.REJECTED, null, reason);
    }

    @Override
    public synchronized void begin(StudyId id, Run run) {
        Node n = shelf(id).node(run.node());
        List<Run> runs = new ArrayList<>(n.runs());
        if (runs.stream().noneMatch(r -> r.id().equals(run.id()))) {
            runs.add(run);
        }
        NodeState state = n.state().isFinal() ? n.state() : NodeState.RUNNING;
        shelf(id).put(new Node(n.id(), n.parent(), n.strategy(), state, runs, n.score(), n.pruned(), n.note(),
                n.choice()));
    }

    @Override
    public synchronized void end(StudyId id, RunId run, RunOutcome outcome) {
        for (Node n : shelf(id).tree.nodes()) {
            for (int i = 0; i < n.runs().size(); i++) {
                Run r = n.runs().get(i);
                if (r.id().equals(run) && r.outcome() == null) {
                    List<Run> runs = new ArrayList<>(n.runs());
                    runs.set(i, new Run(r.id(), r.node(), r.variant(), r.work(), outcome));
                    shelf(id).put(new Node(n.id(), n.parent(), n.strategy(), n.state(), runs, n.score(), n.pruned(),
                            n.note(), n.choice()));
                    spend(id, outcome.cost().spentSeconds());
                    spending(id, s -> new Spending(s.spentSeconds(), 0, s.budgetSeconds(),
                            s.spentTokens() + outcome.cost().spentTokens(), 0, s.budgetTokens(),
                            new DiskUse(s.disk().held(), 0, s.disk().budget())));
                }
            }
        }
    }

    @Override
    public synchronized void close(
            StudyId id, NodeId node, NodeState state, @Nullable Score score, String note) {
        Node n = shelf(id).open(node);
        shelf(id).put(new Node(node, n.parent(), n.strategy(), state, n.runs(), score, n.pruned(), note, n.choice()));
    }

    @Override
    public synchronized void prune(StudyId id, NodeId node, boolean pruned) {
        Node n = shelf(id).node(node);
        shelf(id).put(new Node(node, n.parent(), n.strategy(), n.state(), n.runs(), n.score(), pruned, n.note(),
                n.choice()));
    }

    @Override
    public synchronized void boost(StudyId id, NodeId node) {
        shelf(id).wishes = new Wishing(node, shelf(id).wishes.searchEnded());
    }

    @Override
    public synchronized void endSearch(StudyId id) {
        shelf(id).wishes = new Wishing(shelf(id).wishes.boosted(), true);
    }

    @Override
    public synchronized Wishing wishes(StudyId id) {
        return shelf(id).wishes;
    }

    @Override
    public synchronized void keep(StudyId id, Reading reading) {
        shelf(id).readings.computeIfAbsent(reading.run(), _ -> new TreeMap<>()).putIfAbsent(reading.step(), reading);
    }

    @Override
    public synchronized List<Reading> readings(StudyId id) {
        return shelf(id).readings.values().stream().flatMap(r -> r.values().stream()).toList();
    }

    @Override
    public synchronized void insights(StudyId id, List<Insight> insights) {
        shelf(id).tree = new ExperimentTree(shelf(id).tree.nodes(), insights);
    }

    @Override
    public synchronized void journal(StudyId id, String line) {
        shelf(id).journal.add(new JournalLine(clock.instant(), line));
    }

    @Override
    public synchronized List<JournalLine> journal(StudyId id) {
        return List.copyOf(shelf(id).journal);
    }

    @Override
    public void close() {}
}
