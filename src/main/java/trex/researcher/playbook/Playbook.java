package trex.researcher.playbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import trex.json.Json;
import trex.model.RecipeField;

/// The rules, and the first recipes that follow from them.
///
/// @param entries rules on fields that recipes have; others are left out when reading
/// @param drafts first recipes, the safest first
public record Playbook(List<PlaybookEntry> entries, List<Draft> drafts) {
    private static final String BUILT_IN = "playbook.json";

    public Playbook {
        entries = List.copyOf(entries);
        drafts = List.copyOf(drafts);
    }

    /// A first recipe.
    ///
    /// @param when its [Condition] on the mission's start
    /// @param hypothesis what is expected and why, in a sentence
    /// @param entries ids of the rules that make it out of the mission's start, in order
    public record Draft(String when, String hypothesis, List<String> entries) {
        public Draft {
            entries = List.copyOf(entries);
            Condition.parse(when);
        }

        boolean applies(Facts facts) {
            return Condition.parse(when).holds(facts);
        }
    }

    /// The rules that ship with the program.
    public static Playbook builtIn() {
        try (InputStream in = Playbook.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: resource " + BUILT_IN + " is missing");
            }
            Playbook all = Json.mapper().readValue(in, Playbook.class);
            return new Playbook(
                    all.entries.stream().filter(e -> RecipeField.find(e.field()).isPresent()).toList(), all.drafts);
        } catch (IOException e) {
            throw new UncheckedIOException("the program is damaged: resource " + BUILT_IN + " cannot be read", e);
        }
    }

    /// The rules that apply and ask about one of these facts, strongest first.
    List<PlaybookEntry> matching(Facts facts, Set<String> about) {
        return matching(facts).stream().filter(e -> e.asksAbout(about)).toList();
    }

    /// The rules that apply, strongest first.
    List<PlaybookEntry> matching(Facts facts) {
        return entries.stream()
                .filter(e -> e.applies(facts))
                .sorted(java.util.Comparator.comparingDouble(PlaybookEntry::strength).reversed())
                .toList();
    }
}
