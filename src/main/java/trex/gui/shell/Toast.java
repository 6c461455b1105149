package trex.gui.shell;

import static trex.gui.text.Visibility.showIf;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// A line over the tree that goes away by itself, with one thing to do about it.
final class Toast extends HBox {
    private static final Duration SHOWN = Duration.seconds(8);

    private final Label text = new Label();
    private final Button button = new Button();
    private final PauseTransition clock = new PauseTransition(SHOWN);

    Toast() {
        setId("toast");
        getStyleClass().add("toast");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(12);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        text.setId("toast-text");
        button.setId("toast-action");
        button.getStyleClass().addAll("small", "flat", "accent");
        getChildren().addAll(text, button);
        setVisible(false);
        clock.setOnFinished(_ -> setVisible(false));
    }

    void show(String message) {
        show(message, null, () -> { });
    }

    /// @param action name of what can be done, or null for nothing
    void show(String message, @Nullable String action, Runnable handler) {
        text.setText(message);
        showIf(button, action != null);
        button.setText(action == null ? "" : action);
        button.setOnAction(_ -> {
            setVisible(false);
            handler.run();
        });
        setVisible(true);
        clock.playFromStart();
    }
}
