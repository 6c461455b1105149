package trex.researcher.playbook;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// When a rule applies: `always`, or comparisons such as `method = lora and rows < 2000`.
///
/// @param terms all of them must hold
record Condition(List<Term> terms) {
    private static final Pattern TERM = Pattern.compile("(\\w+) (=|!=|<|<=|>|>=) (\\S+)");

    Condition {
        terms = List.copyOf(terms);
    }

    /// @throws IllegalArgumentException for a text that is no condition
    static Condition parse(String text) {
        return text.equals("always")
                ? new Condition(List.of())
                : new Condition(Stream.of(text.split(" and ", -1)).map(Condition::term).toList());
    }

    private static Term term(String text) {
        Matcher matcher = TERM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("playbook: no condition: \"" + text + "\"");
        }
        return new Term(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    boolean holds(Facts facts) {
        return terms.stream().allMatch(t -> t.holds(facts));
    }

    /// One comparison. A fact that is not known, or empty, satisfies none.
    record Term(String fact, String operator, String value) {
        boolean holds(Facts facts) {
            String actual = facts.values().getOrDefault(fact, "");
            if (actual.isEmpty()) {
                return false;
            }
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "<" -> number(actual) < number(value);
                case "<=" -> number(actual) <= number(value);
                case ">" -> number(actual) > number(value);
                case ">=" -> number(actual) >= number(value);
                default -> throw new IllegalStateException("playbook: no comparison: " + operator);
            };
        }

        private double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("playbook: " + fact + " is no number: \"" + text + "\"", e);
            }
        }
    }
}
