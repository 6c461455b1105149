package trex.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import trex.model.Insight;
import trex.model.StudyId;

/// The table `insight` of one study.
final class InsightTable {
    private final Connection connection;
    private final StudyId study;

    InsightTable(Connection connection, StudyId study) {
        this.connection = connection;
        this.study = study;
    }

    void replace(List<Insight> insights) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from insight where study = ?")) {
            delete.setString(1, study.value());
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into insight (study, place, document) values (?, ?, ? format json)")) {
            for (int i = 0; i < insights.size(); i++) {
                insert.setString(1, study.value());
                insert.setInt(2, i);
                insert.setString(3, Documents.write(insights.get(i)));
                insert.executeUpdate();
            }
        }
    }

    List<Insight> all() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select document from insight where study = ? order by place")) {
            select.setString(1, study.value());
            try (ResultSet rows = select.executeQuery()) {
                List<Insight> insights = new ArrayList<>();
                while (rows.next()) {
                    insights.add(Documents.read(rows, "document", Insight.class));
                }
                return insights;
            }
        }
    }
}
