package trex.data;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// A text in the form in which rows are compared: compatibility characters unified, lower case,
/// each run of white space one space, none at the ends.
public final class NormalText {
    private static final Pattern SPACE = Pattern.compile("(?U)\\s+");

    private NormalText() {}

    public static String of(String text) {
        String unified = Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC);
        return SPACE.matcher(unified.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
