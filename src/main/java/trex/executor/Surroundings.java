package trex.executor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import trex.model.Precision;

/// All around a training that its bits may depend on beside recipe, base model and data.
///
/// @param program digest of this program's archive, or empty where it ran from loose classes
/// @param java version of the virtual machine
/// @param system operating system and architecture
/// @param processor model name of the processor
/// @param threads threads of the numeric library
/// @param libraries numeric libraries by file name, sorted
/// @param precision number format of the training
public record Surroundings(
        String program,
        String java,
        String system,
        String processor,
        int threads,
        List<String> libraries,
        Precision precision) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Pattern NUMERIC = Pattern.compile("(pytorch|api-\\d|tokenizers).*\\.jar");

    public Surroundings {
        libraries = List.copyOf(libraries);
    }

    /// @param home the program's home folder, where digests are remembered
    static Surroundings here(Path home, WorkerSettings settings, Precision precision) {
        return new Surroundings(
                ProgramCode.digest(home).orElse(""),
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                processorName(),
                settings.threads(),
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                        .filter(name -> NUMERIC.matcher(name).matches())
                        .sorted()
                        .toList(),
                precision);
    }

    /// What differs here, a sentence each, most likely causes of other bits first.
    ///
    /// @param here this machine now
    List<String> differences(Surroundings here) {
        List<String> found = new ArrayList<>();
        compare(found, "the number format", precision, here.precision);
        compare(found, "the processor (other instructions sum in another order)", processor, here.processor);
        compare(found, "the threads of the numeric library", threads, here.threads);
        compare(found, "the numeric libraries", libraries, here.libraries);
        compare(found, "the system", system, here.system);
        compare(found, "the Java version", java, here.java);
        if (program.isEmpty() || here.program.isEmpty()) {
            found.add("the program: one of the two ran from loose classes, so its version is not known");
        } else {
            compare(found, "the program's version", program, here.program);
        }
        return found;
    }

    private static void compare(List<String> found, String what, Object before, Object now) {
        if (!before.equals(now)) {
            found.add(what + ": was " + before + ", is " + now);
        }
    }

    static String processorName() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            return ""; // not Linux: the architecture stands in the system
        }
    }
}
