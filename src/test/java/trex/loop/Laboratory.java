package trex.loop;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import trex.model.Approval;
import trex.model.Checkpoint;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Insight;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Prepared;
import trex.model.Recipe;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Split;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.model.Verdict;
import trex.model.Work;
import trex.search.SearchPolicy;

/// A loop with fakes all round. The true score of a recipe peaks at a learning rate of 5e-3; seeds
/// other than the first lower it a little; a rate of 4e-3 diverges.
final class Laboratory {
    static final double SECONDS_A_MEASUREMENT = 2;
    static final double SECONDS_AN_EXAMPLE = 0.01;

    final List<StudyEvent> events = new ArrayList<>();
    StudyStore store = new InMemoryStudyStore(InstantSource.fixed(Instant.parse("2026-11-25T04:12:33Z")));
    ScriptedRunner runner = new ScriptedRunner(Laboratory::outcome);
    Disk disk = new BoundlessDisk();
    final Devices devices = new Devices();
    /// How many times the loop has looked what comes next.
    final AtomicInteger plans = new AtomicInteger();
    Researcher researcher = ScriptedResearcher.oneRecipeARound(100);
    Ports.Policies policies = (_, _) -> new BestOrBaseline();
    Consumer<StudyEvent> also = _ -> {};
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-25T04:12:33Z"));

    static RunOutcome outcome(RunRequest request) {
        return switch (request.work()) {
            case Work.Measure(Checkpoint checkpoint, Split split) -> {
                double value = checkpoint == null ? 0.5 : 0.8;
                yield new RunOutcome.Completed(Fixtures.score(split == Split.TEST ? value - 0.05 : value), null,
                        new RunCost(SECONDS_A_MEASUREMENT, 0, 0, 0));
            }
            case Work.Train(Recipe recipe) -> training(request, recipe);
        };
    }

    private static RunOutcome training(RunRequest request, Recipe recipe) {
        double rate = recipe.optimization().learningRate() * 1000;
        int examples = recipe.data().examples();
        RunCost cost = new RunCost(SECONDS_A_MEASUREMENT + SECONDS_AN_EXAMPLE * examples, 0, examples, 1);
        if (Math.abs(rate - 4) < 1e-9) {
            return new RunOutcome.Failed(
                    trex.model.FailureKind.DIVERGED, "training", "the loss is no number", cost);
        }
        double luck = recipe.seed() == Fixtures.recipe(1e-3, 1).seed() ? 0 : 0.02;
        return new RunOutcome.Completed(Fixtures.score(0.9 - 0.05 * Math.abs(rate - 5) - luck),
                new Checkpoint("/checkpoints/" + request.id(), 10, "f".repeat(64)), cost);
    }

    StudyId create(Mission mission) {
        return store.create(mission, StudySettings.DEFAULT.withApproval(Approval.AUTO));
    }

    Ports ports() {
        return new Ports(store, Laboratory::prepare, researcher, policies, this::lessons, runner, disk, devices, clock);
    }

    /// A study of so many runs at a time, each on a device of its own.
    StudyId create(Mission mission, int parallel) {
        String devices = IntStream.range(0, parallel).mapToObj(i -> "cuda:" + i).collect(Collectors.joining(","));
        return store.create(mission,
                StudySettings.DEFAULT.withApproval(Approval.AUTO).withDevice(devices).withParallel(parallel));
    }

    static Prepared prepare(StudyId study, Mission mission, Consumer<RunEvent> progress) {
        progress.accept(new RunEvent.Phase("cutting the splits", 0.5));
        return Fixtures.prepared();
    }

    private List<Insight> lessons(ExperimentTree tree) {
        plans.incrementAndGet();
        return insights(tree);
    }

    /// One lesson for each completed round.
    static List<Insight> insights(ExperimentTree tree) {
        return tree.nodes().stream()
                .filter(n -> n.state() == NodeState.COMPLETED && n.parent() != null)
                .map(n -> new Insight("this works: " + n.strategy().hypothesis(), List.of(n.id())))
                .toList();
    }

    StudyListener listener() {
        return event -> {
            synchronized (events) {
                events.add(event);
            }
            also.accept(event);
        };
    }

    <E extends StudyEvent> List<E> heard(Class<E> kind) {
        synchronized (events) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    /// Runs to the end, approving everything.
    StudyState run(StudyId id) {
        return new StudyLoop(id, ports(), new InteractiveGate(Approval.AUTO, clock), listener()).run();
    }

    StudyState run(StudyId id, ApprovalGate gate) {
        return new StudyLoop(id, ports(), gate, listener()).run();
    }

    static ApprovalGate rejecting(NodeId which, String reason) {
        return (node, _) -> java.util.Optional.of(node.id().equals(which)
                ? new Verdict.Rejected(reason)
                : new Verdict.Approved(node.strategy()));
    }

    /// Grows from the best completed node that is not pruned.
    private static final class BestOrBaseline implements SearchPolicy {
        @Override
        public String id() {
            return "best";
        }

        @Override
        public Choice select(ExperimentTree tree) {
            Node best = tree.baseline();
            for (Node node : tree.nodes()) {
                if (node.state() == NodeState.COMPLETED && !tree.isPruned(node.id())
                        && Objects.requireNonNull(node.score()).beats(Objects.requireNonNull(best.score()))) {
                    best = node;
                }
            }
            return new Choice(best.id(), "the best so far", List.of());
        }
    }
}
