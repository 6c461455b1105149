package trex.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import trex.model.Choice;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Run;
import trex.model.Score;
import trex.model.Strategy;
import trex.model.StudyId;

/// The table `node` of one study.
final class NodeTable {
    private final Connection connection;
    private final StudyId study;

    NodeTable(Connection connection, StudyId study) {
        this.connection = connection;
        this.study = study;
    }

    NodeId insert(@Nullable NodeId parent, Strategy strategy, @Nullable Choice choice) throws SQLException {
        NodeId id = new NodeId(count());
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into node (study, number, parent, strategy, state, choice)
                values (?, ?, ?, ? format json, ?, ? format json)
                """)) {
            insert.setString(1, study.value());
            insert.setInt(2, id.value());
            insert.setObject(3, parent == null ? null : parent.value(), Types.INTEGER);
            insert.setString(4, Documents.write(strategy));
            insert.setString(5, NodeState.PROPOSED.name());
            insert.setString(6, Documents.write(choice));
            insert.executeUpdate();
        }
        return id;
    }

    private int count() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select count(*) from node where study = ?")) {
            select.setString(1, study.value());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /// @throws IllegalArgumentException for a node that the study does not have
    NodeState state(NodeId node) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select state from node where study = ? and number = ?")) {
            select.setString(1, study.value());
            select.setInt(2, node.value());
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalArgumentException("study " + study + " has no node " + node);
                }
                return NodeState.valueOf(rows.getString(1));
            }
        }
    }

    void strategy(NodeId node, Strategy strategy) throws SQLException {
        update("strategy = ? format json", node, Documents.write(strategy));
    }

    void state(NodeId node, NodeState state) throws SQLException {
        update("state = ?", node, state.name());
    }

    void score(NodeId node, @Nullable Score score) throws SQLException {
        update("score = ? format json", node, Documents.write(score));
    }

    void note(NodeId node, String note) throws SQLException {
        update("note = ?", node, note);
    }

    void pruned(NodeId node, boolean pruned) throws SQLException {
        update("pruned = ?", node, pruned);
    }

    private void update(String assignment, NodeId node, @Nullable Object value) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update node set " + assignment + " where study = ? and number = ?")) {
            update.setObject(1, value);
            update.setString(2, study.value());
            update.setInt(3, node.value());
            update.executeUpdate();
        }
    }

    /// @param runs the study's runs by node
    List<Node> all(Map<NodeId, List<Run>> runs) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from node where study = ? order by number")) {
            select.setString(1, study.value());
            try (ResultSet rows = select.executeQuery()) {
                List<Node> nodes = new ArrayList<>();
                while (rows.next()) {
                    nodes.add(read(rows, runs));
                }
                return nodes;
            }
        }
    }

    private static Node read(ResultSet row, Map<NodeId, List<Run>> runs) throws SQLException {
        NodeId id = new NodeId(row.getInt("number"));
        Integer parent = row.getObject("parent", Integer.class);
        return new Node(
                id,
                parent == null ? null : new NodeId(parent),
                Documents.read(row, "strategy", Strategy.class),
                NodeState.valueOf(row.getString("state")),
                runs.getOrDefault(id, List.of()),
                Documents.readNullable(row, "score", Score.class),
                row.getBoolean("pruned"),
                row.getString("note"),
                Documents.readNullable(row, "choice", Choice.class));
    }
}
