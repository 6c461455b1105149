package trex.gui.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Objects;
import javafx.fxml.FXMLLoader;

/// Loads the view that lies beside its controller: `XController` binds `XView.fxml` with the texts of
/// its package.
public final class ViewLoader {
    private ViewLoader() {}

    /// @param controller made by hand, with what it needs in its constructor
    public static <T> T load(Object controller) {
        Class<?> type = controller.getClass();
        String name = type.getSimpleName().replace("Controller", "View") + ".fxml";
        URL view = Objects.requireNonNull(type.getResource(name), name);
        FXMLLoader loader = new FXMLLoader(view, Texts.beside(type).bundle());
        loader.setControllerFactory(wanted -> {
            if (!wanted.equals(type)) {
                throw new IllegalArgumentException(name + " wants " + wanted + ", got " + type);
            }
            return controller;
        });
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot load " + name, e);
        }
    }
}
