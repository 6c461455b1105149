package trex.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The recipe fields that are written out.
final class WrittenFields {
    private static final Pattern FILTER = Pattern.compile("(keep|drop) (.+)", Pattern.DOTALL);
    private static final Pattern WEIGHT = Pattern.compile("(.+?)\\s*=\\s*([0-9.eE+-]+)");

    static final List<RecipeField> ALL = List.of(
            new FreeTextField<>("filterPattern",
                    "Keep the rows whose prompt has a match of a regular expression, or drop them.",
                    "no, keep EXPRESSION or drop EXPRESSION", DataOperator.FilterPattern.class,
                    filter -> (filter.keep() ? "keep " : "drop ") + filter.pattern(), WrittenFields::filter),
            new FreeTextField<>("weightSources",
                    "Take rows of the named source files in these proportions; others are left out.",
                    "no, or weights by file name as in a.tsv=3, b.tsv=1", DataOperator.WeightSources.class,
                    WrittenFields::told, WrittenFields::weights));

    private WrittenFields() {}

    private static DataOperator.FilterPattern filter(String words) {
        Matcher filter = FILTER.matcher(words);
        if (!filter.matches()) {
            throw new IllegalArgumentException("it says neither keep nor drop");
        }
        return new DataOperator.FilterPattern(filter.group(2), filter.group(1).equals("keep"));
    }

    private static String told(DataOperator.WeightSources sources) {
        return sources.weights().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getKey() + "=" + NumberField.format(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static DataOperator.WeightSources weights(String words) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String part : words.split(",", -1)) {
            Matcher weight = WEIGHT.matcher(part.strip());
            if (!weight.matches()) {
                throw new IllegalArgumentException("\"" + part.strip() + "\" is no file name with its weight");
            }
            if (weights.put(weight.group(1), Double.valueOf(weight.group(2))) != null) {
                throw new IllegalArgumentException(weight.group(1) + " is named twice");
            }
        }
        return new DataOperator.WeightSources(weights);
    }
}
