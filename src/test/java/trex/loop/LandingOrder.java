package trex.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import trex.model.DeviceName;
import trex.model.Node;
import trex.model.Run;
import trex.model.RunId;
import trex.model.RunRequest;
import trex.model.StudyId;
import trex.model.StudyState;
import trex.model.Work;

/// Lets the trainings of a study's loop end one at a time, in an order that a seed gives, each as soon as
/// the loop waits for nothing else: the same seed, the same study, however threads are scheduled.
final class LandingOrder {
    private final Laboratory lab;
    private final StudyStore store;
    private final long seed;
    private final List<List<RunRequest>> together = new ArrayList<>();

    /// @param lab whose runner shall hold trainings; its store may be replaced by one that kills
    LandingOrder(Laboratory lab, long seed) {
        this.lab = lab;
        this.store = lab.store;
        this.seed = seed;
        lab.runner = new ScriptedRunner(Laboratory::outcome).holding(r -> r.work() instanceof Work.Train);
    }

    /// The trainings that were on their way whenever the loop waited.
    List<List<RunRequest>> together() {
        return together;
    }

    /// Runs the loop to its end.
    ///
    /// @throws Error what the loop was killed with
    StudyState run(StudyId id, ApprovalGate gate) throws InterruptedException {
        CompletableFuture<StudyState> end = new CompletableFuture<>();
        Thread loop = Thread.ofPlatform().unstarted(() -> {
            try {
                end.complete(lab.run(id, gate));
            } catch (Error e) {
                end.completeExceptionally(e);
            }
        });
        loop.start();
        while (loop.isAlive()) {
            if (waits(loop, id)) {
                landOne(loop, id);
            } else {
                loop.join(1);
            }
        }
        try {
            return end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error killed) {
                throw killed;
            }
            throw new IllegalStateException(e);
        }
    }

    /// Whether all begun runs are on their way and the loop waits for one of them.
    private boolean waits(Thread loop, StudyId id) {
        return loop.getState() == Thread.State.WAITING
                && Arrays.stream(loop.getStackTrace()).anyMatch(f -> f.getMethodName().equals("awaitLanding"))
                && !lab.runner.going().isEmpty()
                && ids(lab.runner.going()).equals(begun(id));
    }

    private void landOne(Thread loop, StudyId id) throws InterruptedException {
        List<RunRequest> going = lab.runner.going();
        refuseSharedDevices(going);
        together.add(going);
        RunId next = going.stream().map(RunRequest::id)
                .min(Comparator.comparingInt(this::turn).thenComparing(RunId::value))
                .orElseThrow();
        int plans = lab.plans.get();
        lab.runner.release(next);
        while (loop.isAlive() && lab.plans.get() == plans) {
            loop.join(1);
        }
    }

    private int turn(RunId run) {
        return new Random(seed * 31 + run.value().hashCode()).nextInt();
    }

    private static Set<RunId> ids(List<RunRequest> requests) {
        return new HashSet<>(requests.stream().map(RunRequest::id).toList());
    }

    private Set<RunId> begun(StudyId id) {
        Set<RunId> begun = new HashSet<>();
        for (Node node : store.tree(id).nodes()) {
            node.runs().stream().filter(run -> run.outcome() == null).map(Run::id).forEach(begun::add);
        }
        return begun;
    }

    private static void refuseSharedDevices(List<RunRequest> going) {
        List<DeviceName> used = going.stream().flatMap(r -> r.devices().names().stream()).toList();
        if (new HashSet<>(used).size() < used.size()) {
            throw new AssertionError("two runs on one device: " + going);
        }
    }
}
