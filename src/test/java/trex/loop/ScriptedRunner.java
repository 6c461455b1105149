package trex.loop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import trex.model.DeviceList;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.StudyId;

/// Ends runs as the script says, at once, or when they are stopped or released. Outlives the loop, as
/// workers outlive the workbench.
final class ScriptedRunner implements RecipeRunner {
    private final Function<RunRequest, RunOutcome> script;
    private final Map<RunId, Scripted> runs = new HashMap<>();
    private final Map<RunId, Integer> executions = new HashMap<>();
    private Predicate<RunRequest> held = _ -> false;
    private Consumer<RunRequest> onStart = _ -> {};
    private Function<RunRequest, List<RunEvent>> sayings = _ -> List.of();

    ScriptedRunner(Function<RunRequest, RunOutcome> script) {
        this.script = script;
    }

    /// Runs that go on until they are stopped or released.
    ScriptedRunner holding(Predicate<RunRequest> which) {
        held = which;
        return this;
    }

    /// What runs say besides, right after their start.
    ScriptedRunner saying(Function<RunRequest, List<RunEvent>> what) {
        sayings = what;
        return this;
    }

    ScriptedRunner onStart(Consumer<RunRequest> action) {
        onStart = action;
        return this;
    }

    synchronized Map<RunId, Integer> executions() {
        return Map.copyOf(executions);
    }

    /// Requests of the runs on their way.
    synchronized List<RunRequest> going() {
        return runs.values().stream().filter(r -> !r.end.isDone()).map(r -> r.request).toList();
    }

    @Override
    public synchronized Optional<DeviceList> devices(StudyId study, RunId run) {
        return Optional.ofNullable(runs.get(run)).map(r -> r.request.devices());
    }

    synchronized void release(RunId run) {
        Scripted scripted = runs.get(run);
        if (scripted != null) {
            scripted.end.complete(script.apply(scripted.request));
        }
    }

    @Override
    public Running start(RunRequest request, Consumer<RunEvent> progress) {
        Scripted run = find(request);
        progress.accept(new RunEvent.Phase("training", 0));
        progress.accept(new RunEvent.Step(1, 10, 0.7, 1e-3, 1, 1_000, 10, 1 << 20));
        sayings.apply(request).forEach(progress);
        onStart.accept(request);
        return run;
    }

    private synchronized Scripted find(RunRequest request) {
        Scripted known = runs.get(request.id());
        if (known != null && !known.request.equals(request)) {
            throw new IllegalArgumentException("run " + request.id() + " was begun with another request");
        }
        if (known != null && !known.wasStopped()) {
            return known;
        }
        executions.merge(request.id(), 1, Integer::sum);
        Scripted run = new Scripted(request);
        runs.put(request.id(), run);
        if (!held.test(request)) {
            run.end.complete(script.apply(request));
        }
        return run;
    }

    /// A run that has ended, or waits to be ended.
    private static final class Scripted implements Running {
        private final RunRequest request;
        private final CompletableFuture<RunOutcome> end = new CompletableFuture<>();

        Scripted(RunRequest request) {
            this.request = request;
        }

        boolean wasStopped() {
            return outcome() instanceof RunOutcome.Stopped;
        }

        private @Nullable RunOutcome outcome() {
            return end.isDone() ? end.join() : null;
        }

        @Override
        public RunId id() {
            return request.id();
        }

        @Override
        public RunOutcome await() throws InterruptedException {
            try {
                return end.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {
            end.complete(new RunOutcome.Stopped(1, new RunCost(1, 0, 16, 800)));
        }
    }
}
