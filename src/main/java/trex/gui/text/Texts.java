package trex.gui.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/// The texts of one package, from the bundle `texts` that lies beside its classes.
public final class Texts {
    private final ResourceBundle bundle;

    private Texts(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    public static Texts beside(Class<?> type) {
        return new Texts(ResourceBundle.getBundle(type.getPackageName() + ".texts"));
    }

    /// @throws java.util.MissingResourceException for a key that the bundle does not have
    public String get(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(arguments);
    }

    /// A text that not every key has.
    public Optional<String> find(String key) {
        return bundle.containsKey(key) ? Optional.of(bundle.getString(key)) : Optional.empty();
    }

    public ResourceBundle bundle() {
        return bundle;
    }
}
