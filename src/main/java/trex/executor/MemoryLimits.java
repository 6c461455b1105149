package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What control groups (Linux's way to give a service or a container its share) still leave this
/// process, in bytes. The group's own limit counts and those of all groups around it.
final class MemoryLimits {
    private final Path root;

    /// @param root where `proc` and `sys` are, `/` on a real machine
    MemoryLimits(Path root) {
        this.root = root;
    }

    /// `Long.MAX_VALUE` where there is no limit.
    long left() throws IOException {
        Path membership = root.resolve("proc/self/cgroup");
        long least = Long.MAX_VALUE;
        for (String line : Files.isReadable(membership) ? Files.readAllLines(membership) : List.<String>of()) {
            String[] fields = line.split(":", 3); // hierarchy, controllers, path
            if (fields.length < 3) {
                continue;
            }
            if (fields[1].isEmpty()) {
                least = Math.min(least, left(root.resolve("sys/fs/cgroup"), fields[2], Version.TWO));
            } else if (List.of(fields[1].split(",")).contains("memory")) {
                least = Math.min(least, left(root.resolve("sys/fs/cgroup/memory"), fields[2], Version.ONE));
            }
        }
        return least;
    }

    private static long left(Path mount, String path, Version version) throws IOException {
        long least = Long.MAX_VALUE;
        Path group = mount.resolve(path.substring(1)).normalize();
        while (group != null && group.startsWith(mount)) {
            if (Files.isReadable(group.resolve(version.limit))) {
                least = Math.min(least, leftIn(group, version));
            }
            group = group.getParent();
        }
        return least;
    }

    private static long leftIn(Path group, Version version) throws IOException {
        String limit = Files.readString(group.resolve(version.limit)).strip();
        if (limit.equals("max")) {
            return Long.MAX_VALUE;
        }
        long used = Long.parseLong(Files.readString(group.resolve(version.used)).strip());
        return Long.parseLong(limit) - Math.max(0, used - reclaimable(group, version));
    }

    /// Files that the system keeps in memory for speed and drops when memory is wanted.
    private static long reclaimable(Path group, Version version) throws IOException {
        Path statistics = group.resolve("memory.stat");
        if (!Files.isReadable(statistics)) {
            return 0;
        }
        return Files.readAllLines(statistics).stream()
                .filter(line -> line.startsWith(version.files + " "))
                .mapToLong(line -> Long.parseLong(line.substring(version.files.length() + 1).strip()))
                .findFirst().orElse(0);
    }

    /// The two generations of control groups, by the names of their files.
    private enum Version {
        ONE("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
        TWO("memory.max", "memory.current", "inactive_file");

        private final String limit;
        private final String used;
        private final String files;

        Version(String limit, String used, String files) {
            this.limit = limit;
            this.used = used;
            this.files = files;
        }
    }
}
