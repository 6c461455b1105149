package trex.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.json.Json;
import trex.model.StudySettings;

class MigrationTest {
    @TempDir
    Path folder;

    @Test
    void settingsFromBeforePrunersGetTheUsualOne() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:file:" + folder.resolve("trex"));
        try (Connection held = source.getConnection()) {
            Flyway.configure().dataSource(source).locations("classpath:trex/store/migrations").target("1").load().migrate();
            insert(held, Json.mapper().writeValueAsString(StudySettings.DEFAULT).replace(",\"pruner\":\"median\"", ""));
        }
        new Migration(source, folder, InstantSource.system()).bringUpToDate();
        try (Connection connection = source.getConnection();
                var row = connection.createStatement().executeQuery("select settings from study")) {
            assertThat(row.next()).isTrue();
            assertThat(Documents.read(row, "settings", StudySettings.class)).isEqualTo(StudySettings.DEFAULT);
        }
    }

    private static void insert(Connection connection, String settings) throws SQLException {
        assertThat(settings).doesNotContain("pruner");
        try (var insert = connection.prepareStatement("insert into study (id, mission, settings, state, created) "
                + "values ('old', '{}' format json, ? format json, 'stopped', now())")) {
            insert.setString(1, settings);
            insert.executeUpdate();
        }
    }
}
