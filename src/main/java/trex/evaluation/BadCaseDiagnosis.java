package trex.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import trex.model.BadCases;
import trex.model.Example;
import trex.model.NodeId;

/// Sorts a model's failures on the validation split by what they have in common.
public final class BadCaseDiagnosis {
    private static final int MOST_CLUSTERS = 8;
    private static final int MOST_CASES = 12;
    private static final int FEWEST = 5;
    /// Above this the failures are spread as by dice, and a cluster would only look like one.
    private static final double MOST_CHANCE = 0.5;

    private final List<Example> validation;
    private final Map<Example, List<String>> features = new HashMap<>();
    private final Set<String> shared;
    private final boolean classes;

    /// @param validation the validation split, at least one example
    /// @param train the training split, to which overlap is measured
    /// @param classes whether the answers are classes
    public BadCaseDiagnosis(List<Example> validation, List<Example> train, boolean classes) {
        this.validation = List.copyOf(validation);
        this.classes = classes;
        ExampleFeatures known = new ExampleFeatures(validation, train, classes);
        validation.forEach(example -> features.put(example, known.of(example)));
        shared = new HashSet<>(known.of(validation.getFirst()));
        features.values().forEach(shared::retainAll);
    }

    /// A node's answers, by their examples' ids.
    public record Answers(NodeId node, Map<String, Prediction> byId) {
        public static Answers of(NodeId node, List<Prediction> predictions) {
            Map<String, Prediction> byId = new HashMap<>();
            predictions.forEach(p -> byId.put(p.id(), p));
            return new Answers(node, Map.copyOf(byId));
        }
    }

    /// @param parent the parent's answers, or null where there are none
    /// @throws IllegalArgumentException where an example of the split was not answered
    public BadCases of(Answers own, @Nullable Answers parent) {
        List<Example> wrong = validation.stream().filter(e -> !answer(own, e).right()).toList();
        return new BadCases(own.node, validation.size(), wrong.size(),
                parent == null ? null : change(own, parent), classes ? confusion(own) : Map.of(), clusters(wrong),
                wrong.stream().limit(MOST_CASES).map(e -> new BadCases.Case(e, answer(own, e).given())).toList());
    }

    private BadCases.Change change(Answers own, Answers parent) {
        int repaired = 0;
        int broken = 0;
        for (Example example : validation) {
            boolean before = answer(parent, example).right();
            boolean now = answer(own, example).right();
            repaired += now && !before ? 1 : 0;
            broken += before && !now ? 1 : 0;
        }
        return new BadCases.Change(parent.node, repaired, broken, Chance.ofSplit(repaired, broken));
    }

    private Map<String, Map<String, Integer>> confusion(Answers own) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (Example example : validation) {
            counts.computeIfAbsent(example.answer(), _ -> new TreeMap<>()).merge(answer(own, example).given(), 1, Integer::sum);
        }
        return counts;
    }

    private List<BadCases.Cluster> clusters(List<Example> wrong) {
        Map<String, Integer> all = counts(validation);
        Map<String, Integer> failed = counts(wrong);
        double rate = wrong.size() / (double) validation.size();
        List<BadCases.Cluster> clusters = new ArrayList<>();
        all.forEach((feature, examples) -> {
            int failures = failed.getOrDefault(feature, 0);
            double chance = Math.min(1, all.size() * Chance.atLeast(failures, examples, rate));
            if (examples >= FEWEST && failures > rate * examples && chance <= MOST_CHANCE) {
                clusters.add(new BadCases.Cluster(feature, examples, failures, chance));
            }
        });
        return clusters.stream().sorted(Comparator.comparingDouble(BadCases.Cluster::chance)
                        .thenComparing(c -> -c.wrong() / (double) c.examples()))
                .limit(MOST_CLUSTERS).toList();
    }

    /// Examples by feature and by pair of features; what all examples share tells nothing apart.
    private Map<String, Integer> counts(List<Example> examples) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Example example : examples) {
            List<String> own = features.getOrDefault(example, List.of()).stream().filter(f -> !shared.contains(f)).toList();
            for (int i = 0; i < own.size(); i++) {
                counts.merge(own.get(i), 1, Integer::sum);
                for (int j = i + 1; j < own.size(); j++) {
                    counts.merge(own.get(i) + ", " + own.get(j), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    private static Prediction answer(Answers answers, Example example) {
        Prediction found = answers.byId.get(example.id());
        if (found == null) {
            throw new IllegalArgumentException(answers.node + " has no answer to " + example.id());
        }
        return found;
    }
}
