package trex.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trex.model.FreeTextField;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.Strategy;

/// What the person typed at a proposal.
sealed interface Answer {
    /// `a`: as it stands.
    record Approve() implements Answer {}

    /// `e field=value …`: changes variants; `2:field=value` changes only the second.
    record Edit(List<Change> changes) implements Answer {
        public Edit {
            changes = List.copyOf(changes);
        }

        /// @throws IllegalArgumentException for a value that the field refuses
        Strategy of(Strategy proposed) {
            List<Recipe> variants = new ArrayList<>(proposed.variants());
            for (Change change : changes) {
                if (change.variant() > variants.size()) {
                    throw new IllegalArgumentException("there is no variant " + change.variant() + ", only "
                            + variants.size());
                }
                for (int i = 0; i < variants.size(); i++) {
                    if (change.variant() == 0 || change.variant() == i + 1) {
                        variants.set(i, RecipeField.named(change.field()).with(variants.get(i), change.value()));
                    }
                }
            }
            return proposed.withVariants(variants);
        }
    }

    /// `r reason`.
    record Reject(String reason) implements Answer {}

    /// `s`: stop the study.
    record Stop() implements Answer {}

    /// Anything else; says what was expected.
    record Unclear(String why) implements Answer {}

    /// @param variant 1-based, or 0 for all of them
    record Change(int variant, String field, String value) {}

    Pattern CHANGE = Pattern.compile("(?:(\\d):)?(\\w+)=(\\S+)");
    Pattern WRITTEN = Pattern.compile("(?:(\\d):)?(\\w+)=(.+)");
    String HELP = "a = approve, e field=value … = edit (2:field=value for variant 2 only), r reason = reject, s = stop";

    static Answer of(String line) {
        String text = line.strip();
        String[] words = text.split("\\s+", 2);
        String rest = words.length == 2 ? words[1] : "";
        return switch (words[0]) {
            case "a", "approve", "y", "yes" -> rest.isEmpty() ? new Approve() : new Unclear("nothing follows \"a\"");
            case "e", "edit" -> edit(rest);
            case "r", "reject", "n", "no" -> rest.isEmpty()
                    ? new Unclear("a rejection needs a reason: the next proposal learns from it")
                    : new Reject(rest);
            case "s", "stop" -> new Stop();
            default -> new Unclear(HELP);
        };
    }

    /// A field that is written out takes all that follows: its value may have blanks and commas.
    private static Answer edit(String text) {
        Matcher whole = WRITTEN.matcher(text);
        if (whole.matches() && RecipeField.find(whole.group(2)).orElse(null) instanceof FreeTextField<?>) {
            return new Edit(List.of(change(whole)));
        }
        List<Change> changes = new ArrayList<>();
        for (String word : text.split("[\\s,]+", -1)) {
            Matcher matcher = CHANGE.matcher(word);
            if (!matcher.matches()) {
                return new Unclear("expected field=value, got \"" + word + "\"");
            }
            changes.add(change(matcher));
        }
        return new Edit(changes);
    }

    private static Change change(Matcher matcher) {
        String variant = matcher.group(1);
        return new Change(variant == null ? 0 : Integer.parseInt(variant), matcher.group(2), matcher.group(3));
    }
}
