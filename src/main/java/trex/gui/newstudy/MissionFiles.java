package trex.gui.newstudy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the missions that a folder offers: every `<task>/task.json` in it.
public final class MissionFiles {
    private static final Logger LOG = LoggerFactory.getLogger(MissionFiles.class);

    private MissionFiles() {}

    public static List<Path> in(Path folder) {
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
