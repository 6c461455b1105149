package trex.gui.study;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import trex.model.RunEvent;
import trex.model.RunId;

/// What a run has said so far. Written by the study's thread, read by the screen's.
public final class RunTrack {
    private static final double SMOOTHING = 0.1;

    private final RunId run;
    private final LossSeries loss = new LossSeries();
    private final List<RunEvent.Validated> validations = new CopyOnWriteArrayList<>();
    private volatile RunEvent.@Nullable Step step;
    private volatile RunEvent.@Nullable Phase phase;
    private volatile double stepSeconds = Double.NaN;
    private long lastStepNanos;
    private volatile long version;

    public RunTrack(RunId run) {
        this.run = run;
    }

    public RunId run() {
        return run;
    }

    public LossSeries loss() {
        return loss;
    }

    public List<RunEvent.Validated> validations() {
        return validations;
    }

    public RunEvent.@Nullable Step step() {
        return step;
    }

    public RunEvent.@Nullable Phase phase() {
        return phase;
    }

    /// Changes whenever the run says something.
    public long version() {
        return version;
    }

    /// @param nanos when it was heard, for the time left
    public synchronized void hear(RunEvent event, long nanos) {
        switch (event) {
            case RunEvent.Step s -> hearStep(s, nanos);
            case RunEvent.Phase p -> phase = p;
            case RunEvent.Validated v -> {
                if (validations.stream().noneMatch(known -> known.step() == v.step())) {
                    validations.add(v);
                }
            }
            case RunEvent.Notice _, RunEvent.Asked _ -> { }
        }
        version = version + 1;
    }

    /// Share of the run that is done: of its steps, or of its present phase; -1 where unknown.
    public double fraction() {
        RunEvent.Step s = step;
        RunEvent.Phase p = phase;
        if (s != null && s.steps() > 0) {
            return (double) s.step() / s.steps();
        }
        return p == null ? -1 : p.fraction();
    }

    /// Seconds until the last step, from the pace of the latest ones; NaN where unknown.
    public double secondsLeft() {
        RunEvent.Step s = step;
        return s == null ? Double.NaN : (s.steps() - s.step()) * stepSeconds;
    }

    private void hearStep(RunEvent.Step s, long nanos) {
        RunEvent.Step before = step;
        if (before != null && s.step() <= before.step()) {
            return;
        }
        if (before != null) {
            double seconds = (nanos - lastStepNanos) / 1e9 / (s.step() - before.step());
            stepSeconds = Double.isNaN(stepSeconds) ? seconds : stepSeconds + SMOOTHING * (seconds - stepSeconds);
        }
        lastStepNanos = nanos;
        loss.put(s.step(), s.loss());
        step = s;
    }
}
