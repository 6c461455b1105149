package trex.gui.newstudy;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// A value of the answer column, and the word that the model shall say for it.
public final class LabelWord {
    private final String value;
    private final int rows;
    private final StringProperty word;

    LabelWord(String value, int rows, String word) {
        this.value = value;
        this.rows = rows;
        this.word = new SimpleStringProperty(word);
    }

    /// As it stands in the file.
    public String value() {
        return value;
    }

    /// How many rows have it.
    public int rows() {
        return rows;
    }

    public StringProperty wordProperty() {
        return word;
    }

    String word() {
        return word.get().strip();
    }
}
