package trex.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trex.model.NodeId;
import trex.model.Run;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.StudyId;
import trex.model.Work;

/// The table `run` of one study.
final class RunTable {
    private final Connection connection;
    private final StudyId study;

    RunTable(Connection connection, StudyId study) {
        this.connection = connection;
        this.study = study;
    }

    boolean has(RunId run) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from run where study = ? and id = ?")) {
            select.setString(1, study.value());
            select.setString(2, run.value());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    void insert(Run run) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into run (study, id, node, variant, work, outcome)
                values (?, ?, ?, ?, ? format json, ? format json)
                """)) {
            insert.setString(1, study.value());
            insert.setString(2, run.id().value());
            insert.setInt(3, run.node().value());
            insert.setInt(4, run.variant());
            insert.setString(5, Documents.write(run.work()));
            insert.setString(6, Documents.write(run.outcome()));
            insert.executeUpdate();
        }
    }

    /// Sets the outcome of a run that has none.
    ///
    /// @return whether it did
    boolean outcome(RunId run, RunOutcome outcome) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update run set outcome = ? format json where study = ? and id = ? and outcome is null
                """)) {
            update.setString(1, Documents.write(outcome));
            update.setString(2, study.value());
            update.setString(3, run.value());
            return update.executeUpdate() == 1;
        }
    }

    /// All runs by node, in the order they began.
    Map<NodeId, List<Run>> byNode() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from run where study = ? order by number")) {
            select.setString(1, study.value());
            try (ResultSet rows = select.executeQuery()) {
                Map<NodeId, List<Run>> runs = new HashMap<>();
                while (rows.next()) {
                    Run run = read(rows);
                    runs.computeIfAbsent(run.node(), n -> new ArrayList<>()).add(run);
                }
                return runs;
            }
        }
    }

    private static Run read(ResultSet row) throws SQLException {
        return new Run(
                new RunId(row.getString("id")),
                new NodeId(row.getInt("node")),
                row.getInt("variant"),
                Documents.read(row, "work", Work.class),
                Documents.readNullable(row, "outcome", RunOutcome.class));
    }
}
