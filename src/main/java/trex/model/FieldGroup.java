package trex.model;

/// What a recipe field is about; the order in which the groups are shown.
public enum FieldGroup {
    /// Which examples are trained on, and in which order.
    DATA,
    /// Which weights are trained, and how they start.
    METHOD,
    /// The steps: learning rate, batch, schedule, optimizer.
    OPTIMIZATION,
    /// What a step learns from an example.
    PROCEDURE,
    /// Which state of the run is its result.
    SELECTION,
    /// What changes cost more than result: number formats, memory against time.
    MACHINE
}
