package trex.evaluation;

/// Hears how far a measurement is. Called after each batch, on the measuring thread; what it
/// throws ends the measurement.
@FunctionalInterface
public interface Progress {
    Progress SILENT = (_, _) -> {};

    /// @param done examples measured so far
    void measured(int done, int total);
}
