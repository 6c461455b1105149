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
import trex.loop.Fixtures;
import trex.model.DiskUse;
import trex.model.Spending;
import trex.model.StudyId;
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

    @Test
    void aStudyFromBeforeDiskWasCountedHoldsNoneUntilItIsMeasured() throws Exception {
        String url = "jdbc:h2:async:" + folder.resolve("db").resolve("trex").toAbsolutePath();
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(url);
        source.setUser("trex");
        source.setPassword("");
        try (Connection held = source.getConnection()) {
            Flyway.configure().dataSource(source).locations("classpath:trex/store/migrations").target("4").load().migrate();
            try (var insert = held.prepareStatement("insert into study (id, mission, settings, state, created, spent, tokens)"
                    + " values ('tiny-1', ? format json, ? format json, 'STOPPED', now(), 12.5, 400)")) {
                insert.setString(1, Json.mapper().writeValueAsString(Fixtures.mission(3, 60)).replace(",\"disk\":0", ""));
                insert.setString(2, Json.mapper().writeValueAsString(StudySettings.DEFAULT));
                insert.executeUpdate();
            }
        }
        StudyId id = new StudyId("tiny-1");
        try (H2StudyStore store = H2StudyStore.open(folder, InstantSource.system())) {
            assertThat(store.study(id).mission()).isEqualTo(Fixtures.mission(3, 60));
            assertThat(store.study(id).spending()).isEqualTo(new Spending(12.5, 0, 60, 400, 0, 0, DiskUse.NONE));
            store.holds(id, 9_000);
            assertThat(store.study(id).spending().disk()).isEqualTo(new DiskUse(9_000, 0, 0));
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
