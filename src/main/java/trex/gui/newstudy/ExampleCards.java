package trex.gui.newstudy;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import trex.gui.text.Texts;
import trex.model.Example;

/// Examples as the model will see them: what it is given, and what it shall say.
final class ExampleCards {
    private static final int LONGEST = 600;
    private static final double NAME_WIDTH = 64;

    private ExampleCards() {}

    static List<Node> of(List<Example> examples, Texts texts) {
        return examples.stream().map(example -> card(example, texts)).toList();
    }

    private static Node card(Example example, Texts texts) {
        List<Node> lines = new ArrayList<>(List.of(label(example.id(), "hint")));
        if (example.system() != null) {
            lines.add(line(texts.get("example.system"), example.system(), "example-text"));
        }
        if (!example.prompt().isEmpty()) {
            lines.add(line(texts.get("example.prompt"), example.prompt(), "example-text"));
        }
        lines.add(line(texts.get(answer(example)), example.answer(), "example-answer"));
        if (example.rejected() != null) {
            lines.add(line(texts.get("example.rejected"), example.rejected(), "example-text"));
        }
        VBox card = new VBox(4, lines.toArray(Node[]::new));
        card.getStyleClass().add("example");
        return card;
    }

    private static String answer(Example example) {
        return switch (example.form()) {
            case ANSWERED -> "example.answer";
            case COMPARED -> "example.better";
            case RATED -> Boolean.TRUE.equals(example.good()) ? "example.good" : "example.bad";
            case TEXT -> "example.plain";
        };
    }

    private static Node line(String name, String text, String style) {
        Label first = label(name, "hint");
        first.setMinWidth(NAME_WIDTH);
        Label second = label(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …", style);
        second.setMinHeight(Label.USE_PREF_SIZE);
        HBox.setHgrow(second, Priority.ALWAYS);
        return new HBox(10, first, second);
    }

    private static Label label(String text, String style) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(style);
        return label;
    }
}
