package trex.gui.inspector;

import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import trex.gui.text.Figures;
import trex.gui.text.Texts;
import trex.model.Choice;

/// The nodes that the policy weighed: visits, value, bonus and their sum, best first.
final class CandidateTable {
    private static final int SHOWN = 6;

    private CandidateTable() {}

    static List<Node> of(Choice choice, Texts texts) {
        if (choice.candidates().isEmpty()) {
            return List.of();
        }
        GridPane grid = new GridPane();
        grid.getStyleClass().add("candidates");
        for (int i = 0; i < 5; i++) {
            ColumnConstraints column = new ColumnConstraints(54);
            column.setHalignment(i == 0 ? HPos.LEFT : HPos.RIGHT);
            grid.getColumnConstraints().add(column);
        }
        grid.addRow(0, cells("hint", "", texts.get("choice.visits"), texts.get("choice.value"), texts.get("choice.bonus"),
                texts.get("choice.index")));
        int row = 1;
        for (Choice.Candidate c : choice.candidates().stream().limit(SHOWN).toList()) {
            grid.addRow(row++, cells(c.node().equals(choice.node()) ? "chosen" : "figure", c.node().toString(),
                    Integer.toString(c.visits()), Figures.value(c.value()), Figures.value(c.bonus()), Figures.value(c.index())));
        }
        return List.of(grid);
    }

    private static Node[] cells(String style, String... texts) {
        return Stream.of(texts).map(text -> {
            Label label = new Label(text);
            label.getStyleClass().add(style);
            return label;
        }).toArray(Node[]::new);
    }
}
