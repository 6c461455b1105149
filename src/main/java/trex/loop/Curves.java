package trex.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.search.planner.RecipeHistory;
import trex.search.pruner.Curve;

/// The validation curves of a study's trainings, as far as they were heard since its loop began. A
/// loop that goes on after a kill has heard fewer, and so stops fewer trainings. Thread-safe.
final class Curves {
    private final Map<RunId, Integer> steps = new HashMap<>();
    private final Map<RunId, List<Curve.Reading>> readings = new LinkedHashMap<>();

    /// @return whether the run's curve has grown
    synchronized boolean hear(RunId run, RunEvent event) {
        return switch (event) {
            case RunEvent.Step step -> {
                steps.put(run, step.steps());
                yield false;
            }
            case RunEvent.Validated(int step, var score) -> {
                Integer all = steps.get(run);
                if (all == null || step < 1 || step > all) {
                    yield false;
                }
                readings.computeIfAbsent(run, _ -> new ArrayList<>())
                        .add(new Curve.Reading((double) step / all, RecipeHistory.upward(score)));
                yield true;
            }
            case RunEvent.Phase _, RunEvent.Notice _ -> false;
        };
    }

    synchronized Curve of(RunId run) {
        return new Curve(readings.getOrDefault(run, List.of()));
    }

    synchronized List<Curve> othersThan(RunId run) {
        return readings.entrySet().stream()
                .filter(e -> !e.getKey().equals(run))
                .map(e -> new Curve(e.getValue()))
                .toList();
    }
}
