package trex.data.asking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A question of this package's resources with its `{placeholders}` filled.
final class Prompt {
    /// What nobody sees and what turns the direction of writing.
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n\t]]");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    /// Longer parts of a row are cut: they would cost more than they tell.
    private static final int LONGEST = 8000;

    private final String text;

    /// @param name of the resource
    Prompt(String name) {
        try (InputStream in = Objects.requireNonNull(Prompt.class.getResourceAsStream(name), name)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws IllegalArgumentException for a placeholder without a value
    String filled(Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for {" + found.group(1) + "}; there are " + values.keySet());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /// A text of a row as it may be shown to a model.
    static String shown(String text) {
        String visible = HIDDEN.matcher(text).replaceAll("");
        return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + " …";
    }
}
