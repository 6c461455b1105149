package trex.bench.study;

/// How one study of the benchmark ended.
sealed interface StudyOutcome {
    record Ended(StudyFigures figures) implements StudyOutcome {}

    /// It has no result.
    ///
    /// @param reason in a sentence
    record Broken(String reason) implements StudyOutcome {}
}
