package trex.gui.action;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.javafx.FontIcon;
import trex.gui.text.Texts;

/// All actions of the window by id, in the order they were added.
public final class ActionRegistry {
    /// Stands for a line between menu items.
    public static final String SEPARATOR = "-";

    private final Map<String, Action> actions = new LinkedHashMap<>();
    private final Texts texts;

    /// @param texts with a key `action.<id>` for every action
    public ActionRegistry(Texts texts) {
        this.texts = texts;
    }

    public void add(Action action) {
        if (actions.putIfAbsent(action.id(), action) != null) {
            throw new IllegalArgumentException("two actions are called " + action.id());
        }
    }

    public Collection<Action> all() {
        return Collections.unmodifiableCollection(actions.values());
    }

    /// @throws IllegalArgumentException for an unknown id
    public Action get(String id) {
        Action action = actions.get(id);
        if (action == null) {
            throw new IllegalArgumentException("no action " + id + "; known are " + actions.keySet());
        }
        return action;
    }

    public String text(Action action) {
        return texts.get("action." + action.id());
    }

    public MenuItem menuItem(String id) {
        Action action = get(id);
        MenuItem item = new MenuItem(text(action), new FontIcon(action.icon()));
        item.setId("menu-" + id);
        item.disableProperty().bind(Bindings.not(action.enabled()));
        item.setOnAction(_ -> action.fire());
        if (action.shortcut() != null) {
            item.setAccelerator(KeyCombination.valueOf(action.shortcut()));
        }
        return item;
    }

    /// @param key text key of the menu's name
    public Menu menu(String key, String... ids) {
        Menu menu = new Menu(texts.get(key));
        for (String id : ids) {
            menu.getItems().add(id.equals(SEPARATOR) ? new SeparatorMenuItem() : menuItem(id));
        }
        return menu;
    }

    /// A button with the action's icon and text.
    public Button button(String id) {
        Action action = get(id);
        Button button = new Button(text(action).replace("…", ""), new FontIcon(action.icon()));
        button.setId("button-" + id);
        button.disableProperty().bind(Bindings.not(action.enabled()));
        button.setOnAction(_ -> action.fire());
        button.setTooltip(new Tooltip(text(action) + shortcutText(action)));
        return button;
    }

    private static String shortcutText(Action action) {
        return action.shortcut() == null ? "" : "  (" + KeyCombination.valueOf(action.shortcut()).getDisplayText() + ")";
    }
}
