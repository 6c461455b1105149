package trex.researcher.playbook;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import trex.model.Evidence;

/// A published rule of fine-tuning.
///
/// @param id name of the rule, for example `PB-02`
/// @param when its [Condition] on the recipe that it would change
/// @param field the recipe field it rules
/// @param ruling its [Ruling]; `{beta}` in it stands for that fact
/// @param strength how much it is worth, `0..1`
/// @param statement the rule in a sentence
/// @param citation exact source
/// @param quoteLocator where in the source it stands; null where no one has looked yet
/// @param checkedOn ISO date on which the source was opened and agreed; null means unverified
public record PlaybookEntry(
        String id,
        String when,
        String field,
        String ruling,
        double strength,
        String statement,
        String citation,
        @Nullable String quoteLocator,
        @Nullable String checkedOn) {
    private static final Pattern FACT = Pattern.compile("\\{(\\w+)}");

    public PlaybookEntry {
        if (!(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException("playbook " + id + ": strength must be 0..1, got " + strength);
        }
        if ((quoteLocator == null) != (checkedOn == null)) {
            throw new IllegalArgumentException(
                    "playbook " + id + ": a checked entry has a locator and a date, an unverified one neither");
        }
        Condition.parse(when);
        Ruling.parse(ruling);
    }

    /// Whether the condition holds and the ruled field has a meaning in the recipe.
    boolean applies(Facts facts) {
        return !"".equals(facts.values().get(field)) && Condition.parse(when).holds(facts);
    }

    /// Whether its condition asks about one of these facts.
    boolean asksAbout(Set<String> facts) {
        return Condition.parse(when).terms().stream().anyMatch(t -> facts.contains(t.fact()));
    }

    /// What it does where these facts hold.
    Ruling ruling(Facts facts) {
        String filled = FACT.matcher(ruling).replaceAll(m -> facts.values().getOrDefault(m.group(1), "NaN"));
        return Ruling.parse(filled);
    }

    public boolean isVerified() {
        return checkedOn != null;
    }

    /// The rule as shown beside a proposal.
    public Evidence evidence() {
        String source = isVerified() ? citation + "; " + quoteLocator : citation + " (unverified)";
        return new Evidence(id, statement, source);
    }
}
