package trex.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trex.model.Answer;
import trex.model.BadCases;
import trex.model.ExperimentTree;
import trex.model.PairedTest;
import trex.model.Run;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Study;

/// All that a report tells.
///
/// @param events what each run said, in order; runs without events have no curve
/// @param answers what each run's model answered, by the examples' ids; for paired comparisons
/// @param journal the study's journal, oldest first
/// @param failures what each node's best model got wrong on the validation split
/// @param written when the report is written
public record ReportSource(
        Study study,
        ExperimentTree tree,
        Map<RunId, List<RunEvent>> events,
        Map<RunId, Map<String, Answer>> answers,
        List<JournalEntry> journal,
        List<BadCases> failures,
        Instant written) {
    public ReportSource {
        events = Map.copyOf(events);
        answers = Map.copyOf(answers);
        journal = List.copyOf(journal);
        failures = List.copyOf(failures);
    }

    /// Without a diagnosis of failures.
    public ReportSource(Study study, ExperimentTree tree, Map<RunId, List<RunEvent>> events,
            Map<RunId, Map<String, Answer>> answers, List<JournalEntry> journal, Instant written) {
        this(study, tree, events, answers, journal, List.of(), written);
    }

    /// Compares the answers of two runs; empty where one of them has none.
    Optional<? extends PairedTest> compare(@Nullable Run first, @Nullable Run second) {
        return first == null || second == null
                ? Optional.empty()
                : PairedTest.of(study.mission().metric(), answers.getOrDefault(first.id(), Map.of()),
                        answers.getOrDefault(second.id(), Map.of()));
    }

    /// One line of the journal.
    public record JournalEntry(Instant at, String text) {}
}
