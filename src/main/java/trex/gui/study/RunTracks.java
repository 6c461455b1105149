package trex.gui.study;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import trex.model.RunId;

/// The tracks of a study's runs by id. Thread-safe.
public final class RunTracks {
    private final Map<RunId, RunTrack> tracks = new ConcurrentHashMap<>();

    /// The run's track, a new one if nothing was heard of it yet.
    public RunTrack of(RunId run) {
        return tracks.computeIfAbsent(run, RunTrack::new);
    }

    public @Nullable RunTrack find(RunId run) {
        return tracks.get(run);
    }

    /// Sum of all versions: changes whenever any run says something.
    public long version() {
        return tracks.values().stream().mapToLong(RunTrack::version).sum();
    }
}
