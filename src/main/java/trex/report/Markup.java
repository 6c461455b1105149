package trex.report;

import java.util.ArrayDeque;
import java.util.Deque;

/// Writes well-formed markup: every text and attribute is escaped, every element closed.
final class Markup {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /// Opens an element; attributes come as name, value, name, value.
    Markup open(String name, String... attributes) {
        tag(name, attributes).append('>');
        open.push(name);
        return this;
    }

    /// Closes the element opened last.
    Markup close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /// An element that holds only text.
    Markup leaf(String name, String text, String... attributes) {
        tag(name, attributes).append('>').append(escaped(text)).append("</").append(name).append(">\n");
        return this;
    }

    /// An element that holds nothing.
    Markup empty(String name, String... attributes) {
        tag(name, attributes).append("/>\n");
        return this;
    }

    Markup text(String text) {
        out.append(escaped(text));
        return this;
    }

    /// Text of a `style` element. It is ours, and a style sheet must not be escaped.
    Markup style(String sheet) {
        out.append("<style>\n").append(sheet).append("</style>\n");
        return this;
    }

    String finish() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.toString();
    }

    private StringBuilder tag(String name, String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"").append(escaped(attributes[i + 1])).append('"');
        }
        return out;
    }

    /// Replaces what has a meaning in markup, and what XML forbids altogether.
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
