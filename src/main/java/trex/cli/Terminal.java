package trex.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where the person sits: output, faults, typed lines, and whether lines may be drawn over.
///
/// @param live whether `out` is a screen that understands cursor movements
/// @param typed the lines the person types
record Terminal(PrintStream out, PrintStream err, boolean live, TypedLines typed) {
    private static final Size USUAL = new Size(80, 24);

    /// Columns and rows.
    record Size(int columns, int rows) {}

    /// This process's own terminal. A screen that calls itself dumb is not drawn over.
    static Terminal ofProcess() {
        boolean live = isScreen(System.console()) && !"dumb".equals(System.getenv("TERM"));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        return new Terminal(out, err, live,
                new TypedLines(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))));
    }

    /// Java 25 answers null where input or output is no screen; Java 22 to 24 did not.
    private static boolean isScreen(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    /// The screen's size now, as `stty` tells it; 80 by 24 where it does not.
    Size size() throws InterruptedException {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (BufferedReader answer = stty.inputReader()) {
                String line = answer.readLine();
                stty.waitFor(1, TimeUnit.SECONDS);
                return line == null ? USUAL : size(line);
            }
        } catch (IOException e) {
            return USUAL; // no stty here: the usual size will do
        }
    }

    private static Size size(String answer) {
        String[] words = answer.strip().split(" ", -1);
        if (words.length != 2 || !words[0].matches("\\d{1,4}") || !words[1].matches("\\d{1,4}")) {
            return USUAL;
        }
        Size told = new Size(Integer.parseInt(words[1]), Integer.parseInt(words[0]));
        return told.columns() < 20 || told.rows() < 6 ? USUAL : told;
    }
}
