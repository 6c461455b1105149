package trex.lm.graph;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills `$name` places of a text.
final class Fill {
    private static final Pattern PLACE = Pattern.compile("\\$(\\w+)");

    private Fill() {}

    static String in(String text, Map<String, ?> values) {
        return PLACE.matcher(text).replaceAll(place -> {
            Object value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for $" + place.group(1));
            }
            return Matcher.quoteReplacement(value.toString());
        });
    }
}
