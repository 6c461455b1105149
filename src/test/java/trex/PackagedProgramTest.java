package trex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.json.Json;

/// The program as people install it: its image, made as they make it, moved to a place with a space
/// in its name, on a machine whose path has no Java.
@Tag("slow")
class PackagedProgramTest {
    private static final int MINUTES = 30;
    private static final List<String> COMMANDS = List.of("sh", "rm", "mv");

    @TempDir static Path folder = Path.of("");
    private static Path image = Path.of("");
    private static Path commands = Path.of("");

    @BeforeAll
    static void makeTheImage() throws Exception {
        Path script = Path.of("trex").toAbsolutePath();
        assumeTrue(System.getProperty("os.name").equals("Linux"), "images of other systems have other folders");
        Path made = folder.resolve("made");
        said("package", new ProcessBuilder(script.toString(), "package", "--to", made.toString(), "app-image"));
        image = Files.move(made.resolve("trex-workbench"), folder.resolve("a place of its own"));
        commands = Files.createDirectory(folder.resolve("commands"));
        for (String name : COMMANDS) {
            Files.createSymbolicLink(commands.resolve(name), Path.of("/bin").resolve(name));
        }
    }

    @Test
    void bothLaunchersSayTheVersion() throws Exception {
        for (String launcher : List.of("trex", "trex-workbench")) {
            assertThat(trex(launcher, "--version")).isEqualTo("TREX Workbench 0.1.0");
        }
    }

    @Test
    void itCarriesAStudyOutAndWritesOnlyToItsHome() throws Exception {
        Map<Path, String> before = files();
        Path outcome = folder.resolve("outcome.json");

        trex("trex", "run", "--mission", mission().toString(), "--approve", "auto", "--json", outcome.toString());

        JsonNode result = Json.mapper().readTree(outcome.toFile());
        assertThat(result.path("rounds").path("completed").asInt()).isOne();
        assertThat(Path.of(result.path("report").asText())).startsWith(home()).isNotEmptyFile();
        assertThat(home().resolve("logs").resolve("trex.log")).isRegularFile();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void itFindsItsOwnTasksFromAnyFolder() throws Exception {
        Path examples = folder.resolve("examples.jsonl");
        trex("trex", "data", "export", "ft-bench/units/task.json", examples.toString());
        assertThat(examples).isNotEmptyFile();
    }

    @Test
    void everyLibraryIsListedWithALicence() throws IOException {
        Path program = image.resolve("lib").resolve("app");
        String list = Files.readString(program.resolve("THIRD-PARTY.txt"));
        try (Stream<Path> libraries = Files.list(program)) {
            assertThat(libraries.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".jar") && !name.startsWith("trex-workbench"))
                            .map(name -> name.replaceAll("-\\d.*", ":")))
                    .hasSizeGreaterThan(40)
                    .allSatisfy(name -> assertThat(list).contains(":" + name));
        }
        assertThat(list).doesNotContain("Unknown license");
    }

    /// One round of a few hundred examples, stated in a folder of the person's.
    private static Path mission() throws IOException {
        Path task = image.resolve("lib/app/ft-bench/dates/task.json");
        ObjectNode mission = (ObjectNode) Json.mapper().readTree(task.toFile());
        mission.remove("space");
        mission.putObject("budget").put("rounds", 1).put("seconds", 1800).put("examplesPerRound", 400);
        ((ObjectNode) mission.at("/start/data/operators/0")).put("count", 400);
        for (String split : List.of("/data/train/0", "/data/validation", "/data/test")) {
            ObjectNode source = (ObjectNode) mission.at(split);
            source.put("location", task.resolveSibling(source.path("location").asText()).toString());
        }
        return Files.writeString(folder.resolve("mission.json"), mission.toString());
    }

    private static Path home() {
        return folder.resolve("home");
    }

    /// Every file of the image with its size and time.
    private static Map<Path, String> files() throws IOException {
        Map<Path, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(image)) {
            for (Path file : files.toList()) {
                found.put(file, Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return found;
    }

    private static String trex(String launcher, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(image.resolve("bin").resolve(launcher).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", commands.toString(), "TREX_HOME", home().toString()));
        return said(launcher, builder);
    }

    /// What a process says that has to end well.
    private static String said(String name, ProcessBuilder builder) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".out");
        Process process = builder.redirectErrorStream(true).redirectOutput(file.toFile()).start();
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("%s ended", name).isTrue();
        String said = Files.readString(file).strip();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
