package trex.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import trex.model.ValidationCut;

/// Cuts the splits so that no row of training equals, contains, stands in or nearly says a row of
/// validation or test. Seeded: the same rows and the same seed give the same splits.
final class SplitCutter {
    /// A sentence of twenty words with one of them changed is as near as this.
    private static final double NEAR = 0.85;

    private final long seed;

    SplitCutter(long seed) {
        this.seed = seed;
    }

    /// @param given validation rows of the source, or null where `cut` takes them from `train`
    /// @throws BrokenData for a cut that leaves one side empty
    Splits cut(List<TextExample> train, @Nullable List<TextExample> given, List<TextExample> test,
            @Nullable ValidationCut cut) throws BrokenData {
        Overlap training = new Overlap(train);
        List<TextExample> free = notNear(training.apart(train, test), test);
        List<TextExample> validation = given != null
                ? notNear(new Overlap(given).apart(given, test), test)
                : drawn(free, Objects.requireNonNull(cut, "neither validation rows nor a cut"));
        List<TextExample> rest = notNear(training.apart(free, validation), validation);
        if (rest.isEmpty()) {
            throw new BrokenData("no training row is left: each of the " + train.size()
                    + " equals, contains, stands in or nearly says a validation or test row");
        }
        if (validation.isEmpty()) {
            throw new BrokenData("no validation row is left: each equals, contains, stands in or nearly says a test row");
        }
        int left = given == null ? 0 : given.size() - validation.size();
        return new Splits(rest, validation, test, train.size() - rest.size() - (given == null ? validation.size() : 0),
                left);
    }

    private static List<TextExample> notNear(List<TextExample> rows, List<TextExample> others) {
        NearOverlap near = new NearOverlap(others, NEAR);
        return rows.stream().filter(row -> !near.has(row)).toList();
    }

    /// Draws rows of different texts, in the order of the source.
    private List<TextExample> drawn(List<TextExample> rows, ValidationCut cut) throws BrokenData {
        Map<String, TextExample> first = new LinkedHashMap<>();
        rows.forEach(row -> first.putIfAbsent(row.text(), row));
        first.remove("");
        if (first.size() < 2L * cut.size()) {
            throw new BrokenData("data.cut.size asks for " + cut.size() + " validation rows, but " + first.size()
                    + " different training rows stand apart from the test split"
                    + (first.size() < 2 ? "; give other rows to train or to test" : ": ask for at most " + first.size() / 2));
        }
        List<String> candidates = cut.byGroup() ? groupsFirst(rows, first) : shuffled(new ArrayList<>(first.keySet()));
        Set<String> chosen = new HashSet<>(candidates.subList(0, cut.size()));
        return first.values().stream().filter(row -> chosen.contains(row.text())).toList();
    }

    /// All texts in the order in which validation takes them: the heads of groups (texts that
    /// contain others and stand in none: whole sentences among their phrases), then texts that
    /// stand alone, then parts; each at random.
    private List<String> groupsFirst(List<TextExample> rows, Map<String, TextExample> first) {
        Map<String, Integer> whole = new HashMap<>(new Overlap(rows).whole());
        List<String> heads = new ArrayList<>();
        List<String> alone = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (String text : first.keySet()) {
            Integer contains = whole.get(text);
            (contains == null ? parts : contains > 0 ? heads : alone).add(text);
        }
        List<String> ordered = shuffled(heads);
        ordered.addAll(shuffled(alone));
        ordered.addAll(shuffled(parts));
        return ordered;
    }

    private List<String> shuffled(List<String> texts) {
        return new SeededOrder(seed).shuffle(texts);
    }
}
