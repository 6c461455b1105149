package trex.executor;

import java.util.List;
import java.util.OptionalInt;
import trex.model.RunEvent;

/// Joins the events of a job's attempts into one story.
final class EventMerge {
    private EventMerge() {}

    /// Appends a newer attempt's events and removes the steps that it has made again.
    static void append(List<RunEvent> story, List<RunEvent> newer) {
        OptionalInt resumed = newer.stream()
                .filter(RunEvent.Step.class::isInstance)
                .mapToInt(e -> ((RunEvent.Step) e).step())
                .findFirst();
        resumed.ifPresent(first -> story.removeIf(e -> isAtOrAfter(e, first)));
        story.addAll(newer);
    }

    private static boolean isAtOrAfter(RunEvent event, int step) {
        return switch (event) {
            case RunEvent.Step made -> made.step() >= step;
            case RunEvent.Validated measured -> measured.step() >= step;
            case RunEvent.Phase _, RunEvent.Notice _, RunEvent.Asked _ -> false;
        };
    }
}
