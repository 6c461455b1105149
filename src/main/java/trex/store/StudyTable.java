package trex.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.loop.StudyStore.UnknownStudy;
import trex.loop.StudyStore.Wishing;
import trex.model.DiskUse;
import trex.model.Mission;
import trex.model.NodeId;
import trex.model.Prepared;
import trex.model.RunCost;
import trex.model.Spending;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudySettings;
import trex.model.StudyState;

/// The table `study`.
final class StudyTable {
    private final Connection connection;

    StudyTable(Connection connection) {
        this.connection = connection;
    }

    boolean has(StudyId id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from study where id = ?")) {
            select.setString(1, id.value());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    StudyId insert(Mission mission, StudySettings settings, Instant now) throws SQLException {
        Instant created = now;
        while (has(StudyId.of(mission.name(), created))) {
            created = created.plusSeconds(1); // two studies of one second
        }
        StudyId id = StudyId.of(mission.name(), created);
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into study (id, mission, settings, state, created)
                values (?, ? format json, ? format json, ?, ?)
                """)) {
            insert.setString(1, id.value());
            insert.setString(2, Documents.write(mission));
            insert.setString(3, Documents.write(settings));
            insert.setString(4, StudyState.PREPARING.name());
            insert.setObject(5, OffsetDateTime.ofInstant(created, ZoneOffset.UTC));
            insert.executeUpdate();
        }
        return id;
    }

    List<Study> newestFirst() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select * from study order by number desc");
                ResultSet rows = select.executeQuery()) {
            List<Study> studies = new ArrayList<>();
            while (rows.next()) {
                studies.add(read(rows));
            }
            return studies;
        }
    }

    Study get(StudyId id) throws SQLException {
        return get(id, StudyTable::read);
    }

    Wishing wishes(StudyId id) throws SQLException {
        return get(id, row -> {
            Integer boosted = row.getObject("boosted", Integer.class);
            return new Wishing(boosted == null ? null : new NodeId(boosted), row.getBoolean("ended"));
        });
    }

    /// Reads one row.
    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> T get(StudyId id, Reader<T> reader) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select * from study where id = ?")) {
            select.setString(1, id.value());
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new UnknownStudy(id);
                }
                return reader.read(rows);
            }
        }
    }

    private static Study read(ResultSet row) throws SQLException {
        Mission mission = Documents.read(row, "mission", Mission.class);
        return new Study(
                new StudyId(row.getString("id")),
                mission,
                Documents.read(row, "settings", StudySettings.class),
                StudyState.valueOf(row.getString("state")),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                Documents.readNullable(row, "prepared", Prepared.class),
                new Spending(row.getDouble("spent"), row.getDouble("reserved"), mission.budget().secondsWithinMoney(),
                        row.getLong("tokens"), row.getDouble("reserved_tokens"), mission.budget().tokens(),
                        new DiskUse(row.getLong("disk"), row.getDouble("reserved_disk"), mission.budget().disk())),
                Documents.readNullable(row, "result", StudyResult.class));
    }

    void settings(StudyId id, StudySettings settings) throws SQLException {
        document("update study set settings = ? format json where id = ?", id, settings);
    }

    void prepared(StudyId id, Prepared prepared) throws SQLException {
        document("update study set prepared = ? format json where id = ?", id, prepared);
    }

    void finished(StudyId id, StudyResult result) throws SQLException {
        document("update study set result = ? format json, state = 'FINISHED' where id = ?", id, result);
    }

    void state(StudyId id, StudyState state) throws SQLException {
        update("update study set state = ? where id = ?", id, state.name());
    }

    void spend(StudyId id, double seconds) throws SQLException {
        update("update study set spent = spent + ? where id = ?", id, seconds);
    }

    void reserve(StudyId id, double seconds, double tokens, double disk) throws SQLException {
        update("update study set reserved = ?, reserved_tokens = ?, reserved_disk = ? where id = ?",
                id, seconds, tokens, disk);
    }

    void holds(StudyId id, long bytes) throws SQLException {
        update("update study set disk = ? where id = ?", id, bytes);
    }

    /// Spends what a run took, and forgets what was reserved for it.
    void settle(StudyId id, RunCost cost) throws SQLException {
        update("""
                update study set spent = spent + ?, tokens = tokens + ?, reserved = 0, reserved_tokens = 0,
                    reserved_disk = 0
                where id = ?
                """, id, cost.spentSeconds(), cost.spentTokens());
    }

    void boosted(StudyId id, NodeId node) throws SQLException {
        update("update study set boosted = ? where id = ?", id, node.value());
    }

    void ended(StudyId id) throws SQLException {
        update("update study set ended = ? where id = ?", id, true);
    }

    /// Forgets the wish to grow from `node`, if it still is the wish.
    void granted(StudyId id, NodeId node) throws SQLException {
        update("update study set boosted = nullif(boosted, ?) where id = ?", id, node.value());
    }

    private void document(String sql, StudyId id, @Nullable Object document) throws SQLException {
        update(sql, id, Documents.write(document));
    }

    /// @param values of the placeholders before that of the id, which is the last
    private void update(String sql, StudyId id, @Nullable Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            update.setString(values.length + 1, id.value());
            if (update.executeUpdate() == 0) {
                throw new UnknownStudy(id);
            }
        }
    }
}
