package trex.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a template makes of the rows of a data file.
///
/// @param rows all rows, each of which it could be made of
/// @param first the first examples
/// @param answers how many rows have which answer, the commonest first; empty where there are more
///     than [DataPreview.Field#MOST_VALUES]
public record MappingTrial(int rows, List<Example> first, Map<String, Integer> answers) {
    public MappingTrial {
        first = List.copyOf(first);
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }
}
