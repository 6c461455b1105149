package trex.gui.newstudy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the missions that folders offer: every `<task>/task.json` in them.
public final class MissionFiles {
    private static final Logger LOG = LoggerFactory.getLogger(MissionFiles.class);

    private MissionFiles() {}

    public static List<Path> in(List<Path> folders) {
        return folders.stream().flatMap(folder -> in(folder).stream()).toList();
    }

    /// Whether a file is a mission rather than data: a JSON file that does not begin with a list.
    static boolean isMission(Path file) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".json") || !Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return !new String(bytes.readNBytes(256), StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading().startsWith("[");
        } catch (IOException e) {
            LOG.warn("cannot look into {}", file, e);
            return true;
        }
    }

    private static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> tasks = Files.list(folder)) {
            return tasks.map(t -> t.resolve("task.json")).filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            LOG.warn("cannot list the missions in {}", folder, e);
            return List.of();
        }
    }
}
