package trex.cli;

/// How the program ends, for scripts.
public final class ExitCode {
    public static final int OK = 0;
    /// Refused or failed; one sentence on the error output says why.
    public static final int REFUSED = 1;
    /// A command line that makes no sense.
    public static final int USAGE = 2;
    /// Stopped by the person; everything is kept.
    public static final int STOPPED = 130;

    private ExitCode() {}
}
