package trex.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.jdbcx.JdbcDataSource;
import trex.loop.StudyStore.StoreFailure;

/// Brings the tables to this version, with a backup script first; also writes the daily backup.
/// A failed migration would leave half its changes behind, so the script is played back then.
final class Migration {
    private static final int KEPT_BACKUPS = 7;
    private static final Duration DAILY = Duration.ofDays(1);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final JdbcDataSource source;
    private final Path folder;
    private final Path backups;
    private final InstantSource clock;
    private final String locations;

    Migration(JdbcDataSource source, Path folder, InstantSource clock) {
        this(source, folder, clock, "classpath:trex/store/migrations");
    }

    Migration(JdbcDataSource source, Path folder, InstantSource clock, String locations) {
        this.source = source;
        this.folder = folder;
        this.backups = folder.resolve("backups");
        this.clock = clock;
        this.locations = locations;
    }

    void bringUpToDate() throws SQLException {
        Flyway flyway = Flyway.configure().dataSource(source).locations(locations).load();
        // Held open, so that the file is not closed and opened between Flyway's connections.
        try (Connection held = source.getConnection()) {
            var info = flyway.info();
            boolean fresh = info.current() == null;
            boolean pending = info.pending().length > 0;
            if (!fresh && (pending || newestBackupIsOld())) {
                Path script = backUp(held);
                if (pending) {
                    migrate(flyway, held, script);
                }
            } else if (pending) {
                flyway.migrate();
            }
        } catch (IOException e) {
            throw new StoreFailure("cannot back the study database in " + folder + " up: " + e.getMessage(), e);
        }
    }

    private void migrate(Flyway flyway, Connection held, Path script) throws SQLException {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            restore(held, script);
            throw new StoreFailure("the study database in " + folder + " could not be brought to this version and is "
                    + "as it was before; its backup is " + script, e);
        }
    }

    private Path backUp(Connection connection) throws SQLException, IOException {
        Files.createDirectories(backups);
        Path script = backups.resolve("trex-" + STAMP.format(clock.instant()) + ".sql.gz");
        execute(connection, "SCRIPT TO ? COMPRESSION GZIP", script);
        List<Path> all = scripts();
        for (Path old : all.subList(0, Math.max(0, all.size() - KEPT_BACKUPS))) {
            Files.delete(old);
        }
        return script;
    }

    private static void restore(Connection connection, Path script) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
        }
        execute(connection, "RUNSCRIPT FROM ? COMPRESSION GZIP", script);
        try (var statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    private static void execute(Connection connection, String sql, Path file) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, file.toString());
            statement.execute();
        }
    }

    private boolean newestBackupIsOld() throws IOException {
        List<Path> all = scripts();
        if (all.isEmpty()) {
            return true;
        }
        Instant newest = Files.getLastModifiedTime(all.getLast()).toInstant();
        return newest.plus(DAILY).isBefore(clock.instant());
    }

    /// Oldest first: their names carry the time.
    private List<Path> scripts() throws IOException {
        if (!Files.isDirectory(backups)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(backups)) {
            return files.filter(f -> f.toString().endsWith(".sql.gz")).sorted().toList();
        }
    }
}
