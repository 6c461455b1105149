package trex.cli;

import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trex.loop.Studies;

/// `trex data`: work on data files before a mission is stated.
@Command(name = "data", description = "Look at data files, remove their repeats, export what a mission trains on.")
final class DataCommand {
    private final Wiring wiring;
    private final Terminal terminal;

    DataCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Command(name = "preview", mixinStandardHelpOptions = true,
            description = "Show fields, repeated rows, a proposed mapping to prompts and answers, and first examples.")
    int preview(@Parameters(paramLabel = "FILE", description = "A csv, tsv, jsonl, json, txt, text or parquet file.") Path file)
            throws Studies.Refused {
        PreviewText.lines(wiring.data(wiring.home()).preview(file)).forEach(terminal.out()::println);
        return ExitCode.OK;
    }

    @Command(name = "dedupe", mixinStandardHelpOptions = true,
            description = "Copy a file without the rows that repeat an earlier one, or nearly do; reads as a stream.")
    int dedupe(
            @Parameters(index = "0", paramLabel = "FILE", description = "A jsonl, tsv or txt file.") Path file,
            @Parameters(index = "1", paramLabel = "COPY", description = "The file to write.") Path copy,
            @Option(names = "--similarity", paramLabel = "0..1", defaultValue = "0.8",
                    description = "Shared part from which on rows are near repeats; 0 removes exact ones only "
                            + "(default: ${DEFAULT-VALUE}).") double similarity)
            throws Studies.Refused, InterruptedException {
        DataDesk.Removed removed = wiring.data(wiring.home()).deduplicate(file, copy, similarity);
        terminal.out().println(String.format(Locale.ROOT,
                "%,d rows read, %,d exact and %,d near repeats removed, %,d rows kept in %s", removed.read(),
                removed.exact(), removed.near(), removed.read() - removed.exact() - removed.near(), copy));
        return ExitCode.OK;
    }

    @Command(name = "export", mixinStandardHelpOptions = true,
            description = "Write the training examples that a mission's start recipe makes, with rows in and out of each step.")
    int export(
            @Parameters(index = "0", paramLabel = "MISSION", description = "The mission, as JSON.") Path mission,
            @Parameters(index = "1", paramLabel = "FILE", description = "The JSON Lines file to write.") Path file,
            @Mixin HomeOption home)
            throws Studies.Refused, InterruptedException {
        wiring.data(home.or(wiring.home())).export(wiring.missionFile(mission), file).forEach(terminal.out()::println);
        return ExitCode.OK;
    }

    @Command(name = "model", mixinStandardHelpOptions = true,
            description = "Tell which language model data recipes may ask to score, write or embed rows, or how to configure one.")
    int model() throws Studies.Refused {
        terminal.out().println(wiring.data(wiring.home()).model());
        return ExitCode.OK;
    }
}
