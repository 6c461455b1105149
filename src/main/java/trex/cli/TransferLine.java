package trex.cli;

import java.util.Locale;

/// One line that says how far a transfer is: drawn over on a screen, every tenth elsewhere.
final class TransferLine {
    private static final long REDRAW_NANOS = 200_000_000;
    private static final int TENTHS = 10;

    private final Terminal terminal;
    private long total = -1;
    private long tenth = -1;
    private long drawn;

    TransferLine(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @param what is being done
    /// @param whole bytes in all; another number begins another part of the work
    void at(String what, long done, long whole) {
        long now = System.nanoTime();
        String line = String.format(Locale.ROOT, "%.2f of %.2f GB  %s", done / 1e9, whole / 1e9, what);
        if (terminal.live()) {
            if (now - drawn > REDRAW_NANOS) {
                drawn = now;
                terminal.out().print("\r\033[K" + line);
                terminal.out().flush();
            }
            return;
        }
        long reached = whole <= 0 ? 0 : TENTHS * done / whole;
        if (whole != total || reached > tenth) {
            total = whole;
            tenth = reached;
            terminal.out().println(line);
        }
    }

    void end() {
        if (terminal.live()) {
            terminal.out().print("\r\033[K");
        }
    }
}
