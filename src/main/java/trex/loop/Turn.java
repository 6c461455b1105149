package trex.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trex.model.Approval;
import trex.model.Checkpoint;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Prepared;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.SealedSplit;
import trex.model.Split;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.Verdict;
import trex.model.Work;
import trex.search.Boosted;
import trex.search.SearchPolicy;
import trex.search.pruner.NeverStop;
import trex.search.pruner.Pruner;
import trex.search.pruner.Pruners;

/// Does one step of a study and stores what came of it.
final class Turn {
    private final Study study;
    private final StudyId id;
    private final Prepared prepared;
    private final Ports ports;
    private final StudyStore store;
    private final ApprovalGate gate;
    private final Wishes wishes;
    private final Announcer announcer;
    private final RunDesk desk;
    private final Flights flights;

    /// @param flights where runs are followed that go on side by side
    Turn(Study study, Prepared prepared, Ports ports, ApprovalGate gate, Wishes wishes, Announcer announcer,
            Flights flights) {
        this.study = study;
        this.id = study.id();
        this.prepared = prepared;
        this.ports = ports;
        this.store = ports.store();
        this.gate = gate;
        this.wishes = wishes;
        this.announcer = announcer;
        this.flights = flights;
        this.desk = new RunDesk(study, prepared, ports, wishes, announcer);
    }

    /// @throws StudyFault if the study cannot go on
    void take(Plan plan) throws StudyFault, InterruptedException {
        try {
            switch (plan.next()) {
                case Step.MeasureBaseline() -> measureBaseline(plan.tree());
                case Step.Grow() -> grow(plan);
                case Step.Review(Node node, double seconds) -> review(node, seconds);
                case Step.TrainVariant(Node node, int variant, Cost expected, Cost limit) ->
                    train(node, variant, new Allowed(expected, limit, plan.inFlight()));
                case Step.Close(Node node) -> close(node);
                case Step.Skip(Node node, String reason) -> skip(node.id(), reason);
                case Step.TrainAgain(Repeats.Repeat repeat, Cost expected, Cost limit) ->
                    trainAgain(repeat, new Allowed(expected, limit, plan.inFlight()));
                case Step.Wait() -> flights.awaitLanding();
                case Step.OpenTest(NodeId node, Checkpoint checkpoint) -> openTest(plan.tree(), node, checkpoint);
                case Step.Finish(_) -> throw new IllegalStateException("a finished study takes no turns");
            }
        } catch (Wishes.Woken e) {
            // The next turn looks at the wishes.
            announcer.tree();
        }
    }

    private void measureBaseline(ExperimentTree tree)
            throws Wishes.Woken, StudyFault, InterruptedException {
        NodeId root = tree.isEmpty() ? store.open(id, null, Strategy.baseline(), null) : NodeId.BASELINE;
        Node node = store.tree(id).node(root);
        for (Run run : node.runs()) {
            if (run.outcome() instanceof RunOutcome.Completed(var score, _, _)) {
                store.close(id, root, NodeState.COMPLETED, score, "");
                announcer.info("The base model scores " + Endings.of(run.outcome()) + " on the validation split.");
                announcer.tree();
                return;
            }
        }
        Run run = pending(node, new Work.Measure(null, Split.VALIDATION))
                .orElseGet(() -> new Run(RunIds.baseline(id, node.runs().size() + 1), root, -1,
                        new Work.Measure(null, Split.VALIDATION), null));
        refuseFailure("the base model could not be measured", desk.carryOut(run, Cost.UNKNOWN, Cost.UNLIMITED));
    }

    private static Optional<Run> pending(Node node, Work work) {
        return node.runs().stream().filter(r -> r.work().equals(work) && r.outcome() == null).findFirst();
    }

    private static void refuseFailure(String what, Optional<RunOutcome> outcome) throws StudyFault {
        if (outcome.isPresent() && !(outcome.get() instanceof RunOutcome.Completed)) {
            throw new StudyFault(what + ": " + Endings.of(outcome.get()) + "; resume the study to try again");
        }
    }

    /// The time a proposal takes is the study's; the time a verdict takes is the person's.
    private void grow(Plan plan) throws Wishes.Woken, InterruptedException {
        ExperimentTree tree = plan.tree();
        Instant begun = ports.clock().instant();
        NodeId boosted = store.wishes(id).boosted();
        SearchPolicy policy = policy(boosted);
        Choice choice = policy.select(tree);
        Node parent = tree.node(choice.node());
        var context = new Researcher.Context(
                watched(study.mission()), prepared.profile(), tree, policy.proposing(), plan.secondsToPlanFor(),
                run -> ports.runner().story(id, run));
        Strategy proposed = wishes.interruptibly(
                Wishes.Ending.FINISH, () -> ports.researcher().propose(context, parent));
        store.open(id, parent.id(), capped(proposed), choice, boosted);
        store.spend(id, Duration.between(begun, ports.clock().instant()).toMillis() / 1000.0);
        announcer.tree();
    }

    /// With a start that is validated as often as the pruner needs, if the mission lets it: proposals
    /// depart from it.
    private Mission watched(Mission mission) {
        int needed = Pruners.named(store.study(id).settings().pruner()).validations();
        if (mission.start().validations() >= needed) {
            return mission;
        }
        Recipe start = mission.start().withValidations(needed);
        return mission.objection(start).isEmpty() ? mission.withStart(start) : mission;
    }

    private SearchPolicy policy(@Nullable NodeId boosted) {
        SearchPolicy named = ports.policies().policy(store.study(id).settings(), study.mission());
        return boosted == null ? named : new Boosted(boosted, named);
    }

    /// No variant takes more examples than the mission allows a round.
    private Strategy capped(Strategy proposed) {
        int most = study.mission().budget().examplesPerRound();
        return proposed.withVariants(proposed.variants().stream()
                .map(r -> r.data().examples() > most ? r.withData(r.data().withExamples(most)) : r)
                .toList());
    }

    private void review(Node node, double seconds) throws Wishes.Woken, InterruptedException {
        if (store.study(id).settings().approval().mode() != Approval.Mode.AUTO) {
            announcer.say(new StudyEvent.AwaitingVerdict(node, seconds));
        }
        Optional<Verdict> verdict = wishes.interruptibly(Wishes.Ending.FINISH, () -> gate.review(node, seconds));
        if (verdict.isPresent()) {
            switch (verdict.get()) {
                case Verdict.Approved(Strategy strategy) -> approve(node, capped(strategy));
                case Verdict.Rejected(String reason) -> reject(node.id(), reason);
            }
        }
    }

    private void approve(Node node, Strategy strategy) {
        journalOnce("approved " + node.id() + (strategy.equals(node.strategy()) ? "" : " with changes"));
        store.approve(id, node.id(), strategy);
        announcer.tree();
    }

    private void reject(NodeId node, String reason) {
        journalOnce("rejected " + node + ": " + reason);
        store.reject(id, node, reason);
        announcer.tree();
    }

    private void skip(NodeId node, String reason) {
        store.close(id, node, NodeState.SKIPPED, null, reason);
        announcer.info("Node " + node + " is not carried out: " + reason);
        announcer.tree();
    }

    /// What a training is granted.
    ///
    /// @param beside the runs on their way at its start
    private record Allowed(Cost expected, Cost limit, InFlight beside) {}

    private void train(Node node, int variant, Allowed allowed)
            throws Wishes.Woken, StudyFault, InterruptedException {
        Recipe recipe = node.strategy().variants().get(variant);
        Run run = new Run(RunIds.variant(id, node.id(), variant), node.id(), variant, new Work.Train(recipe), null);
        carryOut(run, allowed, Pruners.named(store.study(id).settings().pruner()), ended ->
                tell("Node " + node.id() + ": ", ended, Endings.standing(ended, store.tree(id).best())));
    }

    private void trainAgain(Repeats.Repeat repeat, Allowed allowed)
            throws Wishes.Woken, StudyFault, InterruptedException {
        NodeId node = repeat.node().id();
        Run run = new Run(RunIds.repeat(id, node, repeat.variant(), repeat.number()), node, repeat.variant(),
                new Work.Train(repeat.recipe()), null);
        carryOut(run, allowed, new NeverStop(), ended -> tell("Node " + node + " with another seed: ", ended, ""));
    }

    /// Waits for the end where one run is allowed at a time; else for nothing but a place.
    private void carryOut(Run run, Allowed allowed, Pruner pruner, Consumer<Optional<RunOutcome>> told)
            throws Wishes.Woken, StudyFault, InterruptedException {
        if (allowed.beside().most() == 1) {
            told.accept(desk.carryOut(run, allowed.expected(), allowed.limit(), pruner));
        } else if (!flights.isEmpty() && !desk.hasPlace(run, allowed.expected())) {
            flights.awaitLanding();
        } else {
            RunDesk.Begun begun = desk.begin(run, allowed.expected(), allowed.limit(), pruner);
            flights.launch(new InFlight.Flight(run, allowed.expected(), allowed.limit()),
                    () -> told.accept(begun.awaitEnd()));
        }
    }

    private void tell(String what, Optional<RunOutcome> ended, String more) {
        ended.ifPresent(outcome -> {
            String text = what + Endings.of(outcome) + more;
            if (outcome instanceof RunOutcome.Completed) {
                announcer.info(text);
            } else {
                announcer.warning(text);
            }
        });
    }

    private void close(Node node) {
        Run best = node.bestRun();
        if (best != null && best.outcome() instanceof RunOutcome.Completed(var score, _, _)) {
            store.close(id, node.id(), NodeState.COMPLETED, score, "");
        } else {
            store.close(id, node.id(), NodeState.FAILED, null,
                    Endings.whyWithoutScore(node, wishes.ending() == Wishes.Ending.NONE));
        }
        announcer.tree();
    }

    /// The one place that reads the test split.
    private void openTest(ExperimentTree tree, NodeId id, @Nullable Checkpoint checkpoint)
            throws StudyFault, Wishes.Woken, InterruptedException {
        SealedSplit test = prepared.splits().test();
        journalOnce("opened the test split (" + test.rows() + " rows, sha256 " + test.sha256() + ") for "
                + (checkpoint == null ? "the base model" : "node " + id + ", checkpoint sha256 " + checkpoint.sha256()));
        Node node = tree.node(id);
        Work work = new Work.Measure(checkpoint, Split.TEST);
        Run run = pending(node, work).orElseGet(() -> new Run(
                RunIds.test(study.id(), id, 1 + (int) node.runs().stream().filter(Plan::isTest).count()),
                id, -1, work, null));
        refuseFailure("the test split could not be measured", desk.carryOut(run, Cost.UNKNOWN, Cost.UNLIMITED));
    }

    /// A turn that a kill cut short is taken again; its line is there by then.
    private void journalOnce(String line) {
        if (store.journal(id).stream().noneMatch(l -> l.text().equals(line))) {
            store.journal(id, line);
        }
    }
}
