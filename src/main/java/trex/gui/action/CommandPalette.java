package trex.gui.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.stage.Window;
import trex.gui.text.Texts;
import trex.gui.theme.Look;

/// Finds an action, or a node to go to, by a few letters of its name.
public final class CommandPalette {
    private static final double WIDTH = 560;

    private final ActionRegistry actions;
    private final Supplier<List<Entry>> places;
    private final Look look;
    private final Texts texts = Texts.beside(CommandPalette.class);

    /// One line of the palette.
    public record Entry(String name, Runnable handler) {}

    /// @param places what one can go to at the moment, listed behind the actions
    public CommandPalette(ActionRegistry actions, Supplier<List<Entry>> places, Look look) {
        this.actions = actions;
        this.places = places;
        this.look = look;
    }

    public void show(Window owner) {
        FilteredList<Entry> found = new FilteredList<>(FXCollections.observableList(entries()));
        ListView<Entry> list = new ListView<>(found);
        list.setId("palette-list");
        list.setPrefHeight(300);
        list.setCellFactory(_ -> new EntryCell());
        list.setPlaceholder(new javafx.scene.control.Label(texts.get("nothing")));
        TextField query = new TextField();
        query.setId("palette-query");
        query.setPromptText(texts.get("prompt"));
        query.textProperty().subscribe(text -> {
            found.setPredicate(e -> matches(e.name(), text));
            list.getSelectionModel().selectFirst();
        });
        VBox box = new VBox(8, query, list);
        box.getStyleClass().add("palette");
        box.setPrefWidth(WIDTH);
        Popup popup = new Popup();
        popup.setAutoHide(true);
        popup.getContent().add(box);
        look.dress(popup.getScene());
        query.addEventFilter(KeyEvent.KEY_PRESSED, e -> steer(e, list, popup));
        list.setOnMouseClicked(_ -> choose(list, popup));
        popup.show(owner, owner.getX() + owner.getWidth() / 2 - WIDTH / 2, owner.getY() + 96);
        query.requestFocus();
    }

    /// Whether the letters of `query` occur in `name` in their order.
    static boolean matches(String name, String query) {
        String in = name.toLowerCase(Locale.ROOT);
        int at = 0;
        for (char c : query.toLowerCase(Locale.ROOT).toCharArray()) {
            at = c == ' ' ? at : in.indexOf(c, at) + 1;
            if (at == 0 && c != ' ') {
                return false;
            }
        }
        return true;
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Action action : actions.all()) {
            if (action.enabled().get() && !action.id().equals("palette")) {
                entries.add(new Entry(actions.text(action), action::fire));
            }
        }
        entries.addAll(places.get());
        return entries;
    }

    private static void steer(KeyEvent e, ListView<Entry> list, Popup popup) {
        if (e.getCode() == KeyCode.DOWN) {
            list.getSelectionModel().selectNext();
        } else if (e.getCode() == KeyCode.UP) {
            list.getSelectionModel().selectPrevious();
        } else if (e.getCode() == KeyCode.ENTER) {
            choose(list, popup);
        } else {
            return;
        }
        list.scrollTo(Math.max(0, list.getSelectionModel().getSelectedIndex() - 3));
        e.consume();
    }

    private static void choose(ListView<Entry> list, Popup popup) {
        Entry chosen = list.getSelectionModel().getSelectedItem();
        popup.hide();
        if (chosen != null) {
            chosen.handler().run();
        }
    }

    private static final class EntryCell extends ListCell<Entry> {
        @Override
        protected void updateItem(Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            setText(empty || entry == null ? null : entry.name());
        }
    }
}
