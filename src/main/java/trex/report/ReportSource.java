package trex.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import trex.model.BadCases;
import trex.model.ExperimentTree;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Study;

/// All that a report tells.
///
/// @param events what each run said, in order; runs without events have no curve
/// @param journal the study's journal, oldest first
/// @param failures what each node's best model got wrong on the validation split
/// @param written when the report is written
public record ReportSource(
        Study study,
        ExperimentTree tree,
        Map<RunId, List<RunEvent>> events,
        List<JournalEntry> journal,
        List<BadCases> failures,
        Instant written) {
    public ReportSource {
        events = Map.copyOf(events);
        journal = List.copyOf(journal);
        failures = List.copyOf(failures);
    }

    /// Without a diagnosis of failures.
    public ReportSource(Study study, ExperimentTree tree, Map<RunId, List<RunEvent>> events, List<JournalEntry> journal,
            Instant written) {
        this(study, tree, events, journal, List.of(), written);
    }

    /// One line of the journal.
    public record JournalEntry(Instant at, String text) {}
}
