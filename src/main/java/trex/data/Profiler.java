package trex.data;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import trex.data.operator.Operators;
import trex.model.DataOperator;
import trex.model.DataProfile;
import trex.model.Example;
import trex.model.Template;

/// Takes the facts of a training split.
final class Profiler {
    /// Enough to tell a share, and read within a second.
    private static final int COMPARED = 20_000;
    private static final double NEAR = 0.8;

    private Profiler() {}

    static DataProfile profile(List<TextExample> train, Template template) throws BrokenData {
        Set<String> distinct = new HashSet<>();
        long prompts = 0;
        long answers = 0;
        for (TextExample row : train) {
            distinct.add(row.text() + '\n' + row.example().answer());
            prompts += row.example().prompt().length();
            answers += row.example().answer().length();
        }
        double rows = train.size();
        return new DataProfile(train.size(), 1 - distinct.size() / rows, nearDuplicates(train), prompts / rows, answers / rows,
                template.answers().isEmpty() ? Map.of() : shares(train, template.answers()), goodShare(train));
    }

    private static double goodShare(List<TextExample> train) {
        return train.stream().map(row -> row.example().good()).filter(Objects::nonNull)
                .mapToInt(good -> good ? 1 : 0).average().orElse(0.5);
    }

    /// As many as the data recipe's operator would remove.
    private static double nearDuplicates(List<TextExample> train) throws BrokenData {
        List<Example> rows = train.stream().limit(COMPARED).map(TextExample::example).toList();
        return 1 - new Operators(0).apply(new DataOperator.DropNearDuplicates(NEAR), rows).size() / (double) rows.size();
    }

    private static Map<String, Double> shares(List<TextExample> train, List<String> answers) {
        Map<String, Long> counts = train.stream()
                .collect(Collectors.groupingBy(row -> row.example().answer(), Collectors.counting()));
        return answers.stream().collect(Collectors.toMap(a -> a, a -> counts.getOrDefault(a, 0L) / (double) train.size()));
    }
}
