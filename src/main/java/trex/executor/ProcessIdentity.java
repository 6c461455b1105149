package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One process for ever. A process id alone comes back after a while, so its start and the
/// machine's boot stand beside it.
///
/// @param start clock ticks since boot on Linux (a wall-clock time moves when the clock is set);
///     elsewhere the start instant
/// @param bootId names the machine's boot; empty where the system has no such thing
record ProcessIdentity(long pid, String start, String bootId) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int STATE_FIELD = 0;
    private static final int START_FIELD = 19;

    static ProcessIdentity current() {
        return of(ProcessHandle.current().pid());
    }

    /// The process that has this id now; its start is empty where there is none.
    static ProcessIdentity of(long pid) {
        return new ProcessIdentity(pid, startOf(pid), thisBoot());
    }

    /// Whether it still runs. A zombie, dead but not yet waited for, does not.
    boolean isAlive() {
        return !start.isEmpty() && bootId.equals(thisBoot()) && start.equals(startOf(pid)) && !isZombie();
    }

    private boolean isZombie() {
        List<String> fields = statFields(pid);
        return !fields.isEmpty() && fields.get(STATE_FIELD).equals("Z");
    }

    private static String startOf(long pid) {
        List<String> fields = statFields(pid);
        if (fields.size() > START_FIELD) {
            return fields.get(START_FIELD);
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(h -> h.info().startInstant())
                .map(Object::toString)
                .orElse("");
    }

    /// The fields of `/proc/<pid>/stat` behind the command's name, which may hold any character.
    private static List<String> statFields(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            return List.of(); // no such process, or no such file system
        }
    }

    private static String thisBoot() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return ""; // not Linux
        }
    }
}
