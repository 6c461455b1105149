package trex.gui.dialog;

/// What shall become of running workers when the window closes.
public enum Closing {
    STOP_WORKERS,
    LEAVE_RUNNING,
    STAY
}
