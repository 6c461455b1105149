package trex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import trex.bench.Gemm;
import trex.model.ChoiceField;
import trex.model.FreeTextField;
import trex.model.NumberField;
import trex.model.RecipeField;

/// Keeps the reference page as the program is. After a change, a run with
/// `TREX_WRITE_REFERENCE=1` in the environment writes it.
class ReferencePageTest {
    private static final Path PAGE = Path.of("src/site/markdown/reference.md");

    @Test
    void theReferenceTellsEveryCommandAndEveryRecipeField() throws IOException {
        String page = Files.readString(PAGE);
        String current = between(between(page, "commands", commands()), "fields", fields());
        if ("1".equals(System.getenv("TREX_WRITE_REFERENCE"))) {
            Files.writeString(PAGE, current);
        }
        assertThat(Files.readString(PAGE)).as("out of date: run this test once with TREX_WRITE_REFERENCE=1").isEqualTo(current);
    }

    private static String between(String page, String section, String text) {
        String begin = "<!-- " + section + ": written by ReferencePageTest -->\n";
        String end = "<!-- end of " + section + " -->";
        assertThat(page).contains(begin, end);
        return page.substring(0, page.indexOf(begin) + begin.length()) + "\n" + text + "\n"
                + page.substring(page.indexOf(end));
    }

    private static String commands() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Terminal terminal = new Terminal(nowhere, nowhere, false, new TypedLines(new BufferedReader(Reader.nullReader())));
        Wiring wiring = new Wiring(Path.of(""), Path.of(""), _ -> new ScriptedStudies(), (_, _, _) -> {}, List.of(),
                () -> new Gemm(1, 1, null));
        return TrexCommand.line(wiring, terminal).getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), command.getSubcommands().values().stream()))
                .map(command -> "### " + command.getCommandSpec().qualifiedName() + "\n\n```\n" + usage(command) + "```\n\n")
                .collect(Collectors.joining());
    }

    private static String usage(CommandLine command) {
        return command.setUsageHelpWidth(100).getUsageMessage(CommandLine.Help.Ansi.OFF).replaceAll("(?m) +$", "")
                .replaceAll("(?m)^ +-[hV], --(help|version).*\n", "");
    }

    private static String fields() {
        return "| field | values | means |\n|---|---|---|\n" + RecipeField.all().stream()
                .map(field -> "| `" + field.name() + "` | " + values(field) + " | " + field.description() + " |\n")
                .collect(Collectors.joining());
    }

    private static String values(RecipeField field) {
        return switch (field) {
            case NumberField n -> figure(n.min()) + " to " + figure(n.max()) + (n.whole() ? ", whole" : "")
                    + (n.logarithmic() ? ", by ratio" : "");
            case ChoiceField c -> c.choices().stream().map(v -> "`" + v + "`").collect(Collectors.joining(", "));
            case FreeTextField<?> f -> f.form();
        };
    }

    private static String figure(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
