package trex.training;

/// Whether somebody wants the run to end; asked at every step.
@FunctionalInterface
public interface StopSignal {
    boolean raised();
}
