package trex.data.operator;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tidies a text: composed letters, no control or invisible characters, one blank for each run of
/// blanks. Line breaks and the blanks at both ends stay, a template may want them.
final class CleanText {
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");
    private static final Pattern BLANKS = Pattern.compile("(?<=\\S)\\h{2,}(?=\\S)|\\u00A0|\\t");
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]{0,200}>|<!--.*?-->", Pattern.DOTALL);
    private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|apos|nbsp|#39|#x27);");

    private CleanText() {}

    /// @param markup whether tags and the usual entities of HTML go as well
    static String of(String text, boolean markup) {
        String plain = markup ? entities(TAG.matcher(text).replaceAll(" ")) : text;
        String visible = INVISIBLE.matcher(plain.replace("\r\n", "\n")).replaceAll("");
        return BLANKS.matcher(Normalizer.normalize(visible, Normalizer.Form.NFC)).replaceAll(" ");
    }

    /// Each entity once: `&amp;lt;` speaks of the entity and becomes `&lt;`.
    private static String entities(String text) {
        return ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(switch (found.group(1)) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "nbsp" -> " ";
            default -> "'";
        }));
    }
}
