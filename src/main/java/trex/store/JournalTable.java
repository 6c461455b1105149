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
import trex.loop.StudyStore.JournalLine;
import trex.model.StudyId;

/// The table `journal` of one study.
final class JournalTable {
    private final Connection connection;
    private final StudyId study;

    JournalTable(Connection connection, StudyId study) {
        this.connection = connection;
        this.study = study;
    }

    void append(Instant at, String line) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into journal (study, written, line) values (?, ?, ?)")) {
            insert.setString(1, study.value());
            insert.setObject(2, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            insert.setString(3, line);
            insert.executeUpdate();
        }
    }

    List<JournalLine> oldestFirst() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select written, line from journal where study = ? order by number")) {
            select.setString(1, study.value());
            try (ResultSet rows = select.executeQuery()) {
                List<JournalLine> lines = new ArrayList<>();
                while (rows.next()) {
                    lines.add(new JournalLine(
                            rows.getObject("written", OffsetDateTime.class).toInstant(), rows.getString("line")));
                }
                return lines;
            }
        }
    }
}
