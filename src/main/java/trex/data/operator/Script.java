package trex.data.operator;

import java.lang.Character.UnicodeScript;

/// A writing system.
record Script(UnicodeScript script) {
    /// Share of a text's letters that belong to it; 0 for a text without letters.
    double share(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long own = text.codePoints().filter(c -> Character.isLetter(c) && UnicodeScript.of(c) == script).count();
        return letters == 0 ? 0 : own / (double) letters;
    }
}
