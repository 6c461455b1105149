package trex.loop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import trex.loop.StudyStore.Reading;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.search.planner.RecipeHistory;
import trex.search.pruner.Curve;

/// The validation curves of a study's trainings. Thread-safe.
final class Curves {
    private final Map<RunId, Integer> steps = new HashMap<>();
    /// By step: a run that is found again says everything once more.
    private final Map<RunId, NavigableMap<Integer, Reading>> readings = new HashMap<>();

    /// @param known what earlier loops have heard
    Curves(List<Reading> known) {
        known.forEach(this::add);
    }

    /// @return the point by which the run's curve has grown
    synchronized Optional<Reading> hear(RunId run, RunEvent event) {
        return switch (event) {
            case RunEvent.Step step -> {
                steps.put(run, step.steps());
                yield Optional.empty();
            }
            case RunEvent.Validated(int step, var score) -> {
                int all = steps.getOrDefault(run, 0);
                Optional<Reading> heard = step < 1 || step > all
                        ? Optional.empty()
                        : Optional.of(new Reading(run, step, all, score));
                heard.ifPresent(this::add);
                yield heard;
            }
            case RunEvent.Phase _, RunEvent.Notice _, RunEvent.Asked _ -> Optional.empty();
        };
    }

    private void add(Reading reading) {
        readings.computeIfAbsent(reading.run(), _ -> new TreeMap<>()).putIfAbsent(reading.step(), reading);
    }

    synchronized Curve of(RunId run) {
        NavigableMap<Integer, Reading> own = readings.get(run);
        return own == null ? new Curve(List.of()) : curve(own);
    }

    synchronized List<Curve> othersThan(RunId run) {
        return readings.entrySet().stream().filter(e -> !e.getKey().equals(run)).map(e -> curve(e.getValue())).toList();
    }

    private static Curve curve(NavigableMap<Integer, Reading> readings) {
        return new Curve(readings.values().stream()
                .map(r -> new Curve.Reading((double) r.step() / r.steps(), RecipeHistory.upward(r.score())))
                .toList());
    }
}
