package trex.data;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import trex.model.DataProfile;
import trex.model.Template;

/// Takes the facts of a training split.
final class Profiler {
    private Profiler() {}

    static DataProfile profile(List<TextExample> train, Template template) {
        Set<String> distinct = new HashSet<>();
        long prompts = 0;
        long answers = 0;
        for (TextExample row : train) {
            distinct.add(row.text() + '\n' + row.example().answer());
            prompts += row.example().prompt().length();
            answers += row.example().answer().length();
        }
        double rows = train.size();
        return new DataProfile(train.size(), 1 - distinct.size() / rows, prompts / rows, answers / rows,
                template.answers().isEmpty() ? Map.of() : shares(train, template.answers()));
    }

    private static Map<String, Double> shares(List<TextExample> train, List<String> answers) {
        Map<String, Long> counts = train.stream()
                .collect(Collectors.groupingBy(row -> row.example().answer(), Collectors.counting()));
        return answers.stream().collect(Collectors.toMap(a -> a, a -> counts.getOrDefault(a, 0L) / (double) train.size()));
    }
}
