package trex.executor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The build of the numeric library that workers load: for processors, or for one version of CUDA.
///
/// @param flavor `cpu`, or `cu` and a version of CUDA: `cu128`
/// @param where it comes from, for the person
public record EngineBuild(String flavor, String where) {
    static final String PROCESSORS = "cpu";

    private static final Pattern CUDA = Pattern.compile("cu(\\d\\d)(\\d)");
    private static final Pattern ARCHIVE = Pattern.compile("pytorch-native-(cu\\d{3})-.*\\.jar");

    /// What a worker would find: the folder that the environment names, a build in the home folder, one
    /// on the class path, and else the build for processors.
    static EngineBuild of(Path home, Map<String, String> environment, String classPath) {
        String named = environment.get("PYTORCH_LIBRARY_PATH");
        if (named != null && !named.isBlank()) {
            return new EngineBuild(environment.getOrDefault("PYTORCH_FLAVOR", PROCESSORS), named);
        }
        return installed(home.resolve("engines")).or(() -> onClassPath(classPath))
                .orElse(new EngineBuild(PROCESSORS, "the program's own"));
    }

    private static Optional<EngineBuild> installed(Path engines) {
        if (!Files.isDirectory(engines)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(engines)) {
            return folders.filter(folder -> CUDA.matcher(folder.getFileName().toString()).matches())
                    .max(Path::compareTo)
                    .map(folder -> new EngineBuild(folder.getFileName().toString(), folder.toString()));
        } catch (IOException e) {
            return Optional.empty(); // what cannot be listed cannot be loaded either
        }
    }

    private static Optional<EngineBuild> onClassPath(String classPath) {
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator)))
                .map(entry -> ARCHIVE.matcher(entry.substring(entry.lastIndexOf(File.separatorChar) + 1)))
                .filter(Matcher::matches)
                .map(name -> new EngineBuild(name.group(1), name.group()))
                .findFirst();
    }

    boolean isForProcessors() {
        return !CUDA.matcher(flavor).matches();
    }

    @Override
    public String toString() {
        return (isForProcessors() ? "for processors" : "for CUDA " + cuda()) + " (" + where + ")";
    }

    /// The version of CUDA that it was built for, as `12.8`; empty for a build for processors.
    String cuda() {
        Matcher form = CUDA.matcher(flavor);
        return form.matches() ? form.group(1) + "." + form.group(2) : "";
    }

    /// The oldest driver that loads it. Within a major version of CUDA newer libraries run on the first
    /// drivers of that version (NVIDIA, CUDA Compatibility, "Minor Version Compatibility").
    Version oldestDriver() {
        boolean windows = File.separatorChar == '\\';
        return switch (cuda().split("\\.", 2)[0]) {
            case "11" -> Version.of(windows ? "452.39" : "450.80.02");
            case "12" -> Version.of(windows ? "528.33" : "525.60.13");
            default -> Version.of("580.65");
        };
    }

    /// A version of a driver; a part that is missing is 0.
    record Version(List<Integer> parts) implements Comparable<Version> {
        static Version of(String text) {
            return new Version(Arrays.stream(text.split("\\."))
                    .map(part -> part.matches("\\d{1,9}") ? Integer.parseInt(part) : 0).toList());
        }

        @Override
        public int compareTo(Version other) {
            for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
                int difference = Integer.compare(part(i), other.part(i));
                if (difference != 0) {
                    return difference;
                }
            }
            return 0;
        }

        private int part(int index) {
            return index < parts.size() ? parts.get(index) : 0;
        }

        @Override
        public String toString() {
            return String.join(".", parts.stream().map(String::valueOf).toList());
        }
    }
}
