package trex.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import trex.loop.Studies;

/// `trex data`: looks at data before a mission is stated.
@Command(name = "data", description = "Look at data files: trex data preview FILE.")
final class DataCommand {
    private final Wiring wiring;
    private final Terminal terminal;

    DataCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Command(name = "preview", mixinStandardHelpOptions = true,
            description = "Show fields, repeated rows, a proposed mapping to prompts and answers, and first examples.")
    int preview(@Parameters(paramLabel = "FILE", description = "A csv, tsv, jsonl, json or txt file.") Path file)
            throws Studies.Refused {
        PreviewText.lines(wiring.data().preview(file)).forEach(terminal.out()::println);
        return ExitCode.OK;
    }
}
