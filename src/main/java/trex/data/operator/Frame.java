package trex.data.operator;

import java.util.List;
import trex.model.Example;

/// The beginning and the end that all prompts share: the template's words, which would make short
/// prompts look alike.
///
/// @param prefix characters at the beginning
/// @param suffix characters at the end
public record Frame(int prefix, int suffix) {
    public static Frame of(List<Example> rows) {
        if (rows.size() < 2) {
            return new Frame(0, 0);
        }
        String first = rows.getFirst().text();
        int prefix = first.length();
        int suffix = first.length();
        for (Example row : rows) {
            prefix = sharedPrefix(first, row.text(), prefix);
            suffix = sharedSuffix(first, row.text(), suffix);
        }
        return new Frame(prefix, suffix);
    }

    /// The same with no word cut: a word that all prompts begin or end with in part is left to them.
    ///
    /// @param prompt any of those that the frame is of
    public Frame atWords(String prompt) {
        int begin = Math.min(prefix, prompt.length());
        while (begin > 0 && !Character.isWhitespace(prompt.charAt(begin - 1))) {
            begin--;
        }
        int end = Math.min(suffix, prompt.length() - begin);
        while (end > 0 && !Character.isWhitespace(prompt.charAt(prompt.length() - end))) {
            end--;
        }
        return new Frame(begin, end);
    }

    /// Another text between the frame of a prompt.
    public String around(String prompt, String core) {
        return prompt.substring(0, prefix) + core + prompt.substring(prompt.length() - suffix);
    }

    /// The prompt without the frame.
    public String core(String prompt) {
        int from = Math.min(prefix, prompt.length());
        return prompt.substring(from, Math.max(from, prompt.length() - suffix));
    }

    private static int sharedPrefix(String a, String b, int most) {
        int end = Math.min(most, b.length());
        int i = 0;
        while (i < end && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    private static int sharedSuffix(String a, String b, int most) {
        int end = Math.min(most, b.length());
        int i = 0;
        while (i < end && a.charAt(a.length() - 1 - i) == b.charAt(b.length() - 1 - i)) {
            i++;
        }
        return i;
    }
}
