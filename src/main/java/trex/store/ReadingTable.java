package trex.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import trex.loop.StudyStore.Reading;
import trex.model.RunId;
import trex.model.Score;
import trex.model.StudyId;

/// The table `reading` of one study.
final class ReadingTable {
    private final Connection connection;
    private final StudyId study;

    ReadingTable(Connection connection, StudyId study) {
        this.connection = connection;
        this.study = study;
    }

    /// The first reading of a step stands.
    void keep(Reading reading) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into reading (study, run, step, steps, score)
                select ?, ?, ?, ?, ? format json
                where not exists (select 1 from reading where study = ? and run = ? and step = ?)
                """)) {
            insert.setString(1, study.value());
            insert.setString(2, reading.run().value());
            insert.setInt(3, reading.step());
            insert.setInt(4, reading.steps());
            insert.setString(5, Documents.write(reading.score()));
            insert.setString(6, study.value());
            insert.setString(7, reading.run().value());
            insert.setInt(8, reading.step());
            insert.executeUpdate();
        }
    }

    List<Reading> all() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select run, step, steps, score from reading where study = ? order by run, step")) {
            select.setString(1, study.value());
            try (ResultSet rows = select.executeQuery()) {
                List<Reading> readings = new ArrayList<>();
                while (rows.next()) {
                    readings.add(new Reading(new RunId(rows.getString("run")), rows.getInt("step"), rows.getInt("steps"),
                            Documents.read(rows, "score", Score.class)));
                }
                return readings;
            }
        }
    }
}
