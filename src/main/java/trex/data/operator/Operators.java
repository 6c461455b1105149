package trex.data.operator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import trex.data.BrokenData;
import trex.data.NormalText;
import trex.model.DataOperator;
import trex.model.Example;

/// Carries out single operators, the same for the same rows and the same seed.
public final class Operators {
    private final long seed;

    /// @param seed the recipe's
    public Operators(long seed) {
        this.seed = seed;
    }

    /// @param rows in their seeded order
    /// @throws BrokenData where the rows have not what the operator speaks of
    public List<Example> apply(DataOperator operator, List<Example> rows) throws BrokenData {
        return switch (operator) {
            case DataOperator.Clean(boolean markup) -> rows.stream()
                    .map(row -> withText(row, CleanText.of(row.text(), markup)))
                    .toList();
            case DataOperator.FilterPattern(String pattern, boolean keep) -> {
                Pattern wanted = Pattern.compile(pattern);
                yield where(rows, row -> wanted.matcher(row.text()).find() == keep);
            }
            case DataOperator.FilterScript(String name, double share) -> {
                Script script = new Script(Character.UnicodeScript.forName(name));
                yield where(rows, row -> script.share(row.text()) >= share);
            }
            case DataOperator.FilterLength(int min, int max) ->
                    where(rows, row -> row.text().length() >= min && row.text().length() <= max);
            case DataOperator.FilterRepeats(double share) ->
                    where(rows, row -> Repeats.share(NormalText.of(row.text())) <= share);
            case DataOperator.Deduplicate() -> deduplicated(rows);
            case DataOperator.DropNearDuplicates(double similarity) -> new NearDuplicates(similarity).removedFrom(rows);
            case DataOperator.DropShortest(double share) -> withoutShortest(rows, share);
            case DataOperator.WeightSources(var weights) -> weighted(rows, weights);
            case DataOperator.MixSources(double evenness) -> mixed(rows, evenness);
            case DataOperator.BalanceAnswers() -> new Proportions(rows, Example::answer).take(_ -> 1);
            case DataOperator.AugmentWords(int copies, double rate) -> augmented(rows, copies, rate);
            case DataOperator.DiverseFirst() -> DiverseOrder.of(rows);
            case DataOperator.SelectDiverse _, DataOperator.DropAlike _ -> apply(operator, rows, HashedWords.of(rows));
            case DataOperator.ScoreRows _, DataOperator.GenerateRows _ ->
                    throw new IllegalArgumentException(name(operator) + " is nothing without a language model");
            case DataOperator.Sample(int count) -> rows.subList(0, Math.min(count, rows.size()));
            case DataOperator.ShortFirst() -> shortFirst(rows);
            case DataOperator.CommonFirst() -> commonFirst(rows);
        };
    }

    /// Carries out an operator that compares embeddings.
    ///
    /// @param vectors of length 1, of as many of the first rows as are looked at
    public List<Example> apply(DataOperator operator, List<Example> rows, List<float[]> vectors) {
        Selection selection = new Selection(rows, vectors);
        return switch (operator) {
            case DataOperator.SelectDiverse(int count, var _) -> selection.spread(count);
            case DataOperator.DropAlike(double distance, var _) -> selection.apart(distance);
            default -> throw new IllegalArgumentException(name(operator) + " compares no embeddings");
        };
    }

    /// The operator's name on screen, for example `filter length`.
    public static String name(DataOperator operator) {
        return operator.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /// The file that a row comes from, by its id.
    public static String source(Example row) {
        int colon = row.id().lastIndexOf(':');
        return colon < 0 ? row.id() : row.id().substring(0, colon);
    }

    private static List<Example> where(List<Example> rows, Predicate<Example> wanted) {
        return rows.stream().filter(wanted).toList();
    }

    private static Example withText(Example row, String prompt) {
        return prompt.equals(row.text()) ? row : row.withText(prompt);
    }

    private static List<Example> deduplicated(List<Example> rows) {
        Set<List<String>> seen = new HashSet<>();
        return where(rows, row -> seen.add(List.of(NormalText.of(row.text()), NormalText.of(row.answer()), NormalText.of(String.valueOf(row.rejected())),
                String.valueOf(row.good()))));
    }

    private static List<Example> withoutShortest(List<Example> rows, double share) {
        int drop = (int) Math.floor(share * rows.size());
        Set<Example> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
        dropped.addAll(shortFirst(rows).subList(0, drop));
        return where(rows, row -> !dropped.contains(row));
    }

    private static List<Example> weighted(List<Example> rows, Map<String, Double> weights) throws BrokenData {
        Proportions sources = new Proportions(rows, Operators::source);
        for (String name : weights.keySet()) {
            if (!sources.sizes().containsKey(name)) {
                throw new BrokenData("weight sources: no training row comes from \"" + name + "\"; there are "
                        + sources.sizes().keySet().stream().sorted().limit(20).collect(Collectors.joining(", ")));
            }
        }
        return sources.take(name -> weights.getOrDefault(name, 0.0));
    }

    private static List<Example> mixed(List<Example> rows, double evenness) {
        Proportions sources = new Proportions(rows, Operators::source);
        Map<String, Integer> sizes = sources.sizes();
        return sources.take(name -> Math.pow(sizes.getOrDefault(name, 0), 1 - evenness));
    }

    private List<Example> augmented(List<Example> rows, int copies, double rate) {
        WordNoise noise = new WordNoise(rows, rate, seed);
        List<Example> all = new ArrayList<>(rows);
        for (int copy = 1; copy <= copies; copy++) {
            for (Example row : rows) {
                all.add(noise.copy(row, copy));
            }
        }
        Collections.shuffle(all, new Random(seed));
        return all;
    }

    /// Stable: rows of one length keep their seeded order.
    private static List<Example> shortFirst(List<Example> rows) {
        return rows.stream().sorted(Comparator.comparingInt(row -> row.text().length())).toList();
    }

    private static List<Example> commonFirst(List<Example> rows) {
        Rarity rarity = new Rarity(rows);
        Map<Example, Double> rare = new IdentityHashMap<>();
        rows.forEach(row -> rare.put(row, rarity.of(row)));
        return rows.stream().sorted(Comparator.comparingDouble(row -> rare.getOrDefault(row, 0.0))).toList();
    }
}
