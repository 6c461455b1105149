package trex.gui.shell;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.gui.theme.Look;

/// What the window remembers between starts. A file that cannot be read is no reason not to open.
final class LayoutMemory {
    private static final Logger LOG = LoggerFactory.getLogger(LayoutMemory.class);

    private final @Nullable Path file;
    private final Properties values = new Properties();

    LayoutMemory(@Nullable Path file) {
        this.file = file;
        if (file != null && Files.isRegularFile(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("cannot read the layout in {}", file, e);
            }
        }
    }

    double number(String key, double otherwise) {
        try {
            return Double.parseDouble(values.getProperty(key, Double.toString(otherwise)));
        } catch (NumberFormatException e) {
            LOG.warn("layout: {} is no number: {}", key, values.getProperty(key));
            return otherwise;
        }
    }

    Look.Wish wish() {
        String name = values.getProperty("theme", Look.Wish.SYSTEM.name());
        for (Look.Wish wish : Look.Wish.values()) {
            if (wish.name().equals(name)) {
                return wish;
            }
        }
        return Look.Wish.SYSTEM;
    }

    void put(String key, Object value) {
        values.setProperty(key, value.toString());
    }

    void save() {
        if (file == null) {
            return;
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (Writer writer = Files.newBufferedWriter(file)) {
                values.store(writer, null);
            }
        } catch (IOException e) {
            LOG.warn("cannot keep the layout in {}", file, e);
        }
    }
}
