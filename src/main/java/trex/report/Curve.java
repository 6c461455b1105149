package trex.report;

import java.util.ArrayList;
import java.util.List;
import trex.model.RunEvent;

/// A run's loss over its steps, thinned for drawing.
///
/// @param name the run as the legend shows it
/// @param best whether this run named the model
/// @param points at most [#MOST] of them, each the mean of its neighbours
record Curve(String name, boolean best, List<Point> points) {
    static final int MOST = 240;

    record Point(double step, double loss) {}

    Curve {
        points = List.copyOf(points);
    }

    static Curve of(String name, boolean best, List<RunEvent> events) {
        List<RunEvent.Step> steps = events.stream()
                .filter(RunEvent.Step.class::isInstance)
                .map(RunEvent.Step.class::cast)
                .filter(step -> Double.isFinite(step.loss()))
                .toList();
        int group = Math.max(1, (steps.size() + MOST - 1) / MOST);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < steps.size(); i += group) {
            List<RunEvent.Step> near = steps.subList(i, Math.min(steps.size(), i + group));
            points.add(new Point(
                    near.stream().mapToInt(RunEvent.Step::step).average().orElse(0),
                    near.stream().mapToDouble(RunEvent.Step::loss).average().orElse(0)));
        }
        return new Curve(name, best, points);
    }
}
