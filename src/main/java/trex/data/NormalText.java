package trex.data;

import java.text.Normalizer;
import java.util.Locale;

/// A text in the form in which rows are compared: compatibility characters unified, lower case,
/// each run of white space one space, none at the ends.
public final class NormalText {
    private NormalText() {}

    public static String of(String text) {
        String unified = Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC);
        return spaced(unified.toLowerCase(Locale.ROOT));
    }

    private static String spaced(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c)) {
                gap = !spaced.isEmpty();
            } else {
                if (gap) {
                    spaced.append(' ');
                    gap = false;
                }
                spaced.append(c);
            }
        }
        return spaced.toString();
    }

    /// Unicode's White_Space, as far as it is left by the unification.
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == '\u0085' || c == '\u1680' || c == '\u2028' || c == '\u2029';
    }
}
