package trex.executor;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The build of the numeric library that workers load: for processors, or for one version of CUDA.
///
/// @param flavor `cpu`, or `cu` and a version of CUDA: `cu128`
/// @param where it comes from, for the person
public record EngineBuild(String flavor, String where) {
    static final String PROCESSORS = "cpu";

    private static final Pattern CUDA = Pattern.compile("cu(\\d\\d)(\\d)");
    private static final Pattern ARCHIVE = Pattern.compile("pytorch-native-(cu\\d{3})-.*\\.jar");

    /// The build that a class path has for graphics processors.
    static Optional<EngineBuild> onClassPath(String classPath) {
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
