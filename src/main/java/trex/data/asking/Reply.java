package trex.data.asking;

/// What became of a question to a language model.
public sealed interface Reply<T> {
    /// @param tokens that were paid for: of question and answer, 0 for an answer that was kept
    record Answered<T>(T value, long tokens) implements Reply<T> {}

    /// The model or its provider declines this very question; others may be answered.
    record Refused<T>(String reason) implements Reply<T> {}

    /// No answer came in time, after several tries.
    ///
    /// @param sentence for the person
    record TimedOut<T>(String sentence) implements Reply<T> {}

    /// The provider's limit of requests or money is reached.
    ///
    /// @param sentence for the person
    record OverQuota<T>(String sentence) implements Reply<T> {}

    /// It cannot be asked: no connection, a wrong key, an unknown model, an answer in no known form.
    ///
    /// @param sentence for the person
    record Unreachable<T>(String sentence) implements Reply<T> {}
}
