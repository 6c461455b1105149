package trex.data;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trex.model.DataPreview.Field;
import trex.model.DataPreview.Mapping;
import trex.model.Metric;
import trex.model.MissionDraft;
import trex.model.Template;

/// Proposes how rows become examples: by the names that public data sets use, else by what the
/// fields hold. A proposal, to be looked at, never applied unseen.
final class MappingProposal {
    private static final List<String> ANSWERS = List.of("completion", "response", "output", "answer", "answers", "target",
            "label", "label_text", "sentiment", "class", "category", "summary", "kind", "chosen", "messages.answer",
            "conversations.answer");
    private static final List<String> PROMPTS = List.of("instruction", "prompt", "question", "input", "text", "sentence",
            "review", "content", "document", "article", "source", "query", "messages.prompt", "conversations.prompt");
    private static final List<String> QUESTIONS = List.of("prompt.prompt", "chosen.prompt", "prompt", "question",
            "instruction", "input", "query");
    private static final int MOST_CLASSES = 20;
    private static final int ROWS_PER_CLASS = 5;
    private static final int LONGEST_CLASS = 40;

    private final List<Row> rows;
    private final List<Field> fields;

    MappingProposal(List<Row> rows, List<Field> fields) {
        this.rows = rows;
        this.fields = fields.stream().filter(f -> f.filled() > 0).toList();
    }

    Optional<Mapping> make() {
        return compared().or(this::rated).or(this::plain).or(this::answered);
    }

    /// Pairs by the names of Hugging Face's preference data, as text or as conversations.
    private Optional<Mapping> compared() {
        Optional<Field> chosen = named(List.of("chosen.answer", "chosen"), this::isEverywhere);
        Optional<Field> rejected = named(List.of("rejected.answer", "rejected"), this::isEverywhere);
        Optional<Field> asked = named(QUESTIONS, this::isEverywhere);
        if (chosen.isEmpty() || rejected.isEmpty() || asked.isEmpty()) {
            return Optional.empty();
        }
        Template template = new Template(system(asked.get()), braced(asked.get()), braced(chosen.get()), Map.of(), List.of(),
                true, braced(rejected.get()), null);
        return Optional.of(new Mapping(template, Metric.PREFERENCE_ACCURACY, "Answer: " + chosen.get().name()
                + ", preferred to " + rejected.get().name() + ". Prompt: " + asked.get().name() + "."));
    }

    /// Answers with a field that says of each whether it is a good one.
    private Optional<Mapping> rated() {
        Optional<Field> answer = named(List.of("completion.answer", "completion", "response", "output", "answer"),
                this::isEverywhere);
        Optional<Field> rating = named(List.of("label", "rating", "good", "liked"), this::isTruth);
        Optional<Field> asked = named(QUESTIONS, this::isEverywhere);
        if (answer.isEmpty() || rating.isEmpty() || asked.isEmpty()) {
            return Optional.empty();
        }
        Template template = new Template(system(asked.get()), braced(asked.get()), braced(answer.get()), Map.of(), List.of(),
                true, null, braced(rating.get()));
        return Optional.of(new Mapping(template, Metric.PREFERENCE_ACCURACY, "Answer: " + answer.get().name()
                + ", good where " + rating.get().name() + " is true. Prompt: " + asked.get().name() + "."));
    }

    private Optional<Mapping> plain() {
        if (fields.size() != 1 || !isEverywhere(fields.getFirst())) {
            return Optional.empty();
        }
        Field text = fields.getFirst();
        return Optional.of(new Mapping(new Template(null, "", braced(text), Map.of(), List.of(), false), Metric.LOSS,
                "Plain text, to go on pre-training with: " + text.name() + " is the only field."));
    }

    private boolean isEverywhere(Field field) {
        return field.filled() == rows.size();
    }

    private boolean isTruth(Field field) {
        return isEverywhere(field) && Set.of("true", "false").containsAll(counts(field).keySet().stream()
                .map(value -> value.toLowerCase(Locale.ROOT)).toList());
    }

    private static String braced(Field field) {
        return "{" + field.name() + "}";
    }

    private Optional<Mapping> answered() {
        return named(ANSWERS, _ -> true).flatMap(answer -> with(answer, "the field is called " + answer.name()))
                .or(() -> fewest().flatMap(answer -> with(answer,
                        answer.name() + " has only " + answer.different() + " different values")))
                .or(() -> fields.size() == 2
                        ? with(shorter(), shorter().name() + " is the shorter of two fields")
                        : Optional.empty());
    }

    private Optional<Mapping> with(Field answer, String reason) {
        List<Field> asked = asked(answer);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        List<String> classes = classes(answer);
        String prompt = MissionDraft.listing(prompt(asked), classes);
        String system = system(asked.getFirst());
        Template template = new Template(system, prompt, braced(answer), Map.of(), classes, true);
        Metric metric = classes.isEmpty() ? Metric.EXACT_MATCH : uneven(answer) ? Metric.MACRO_F1 : Metric.ACCURACY;
        return Optional.of(new Mapping(template, metric, "Answer: " + reason + ". Prompt: "
                + String.join(", ", asked.stream().map(Field::name).toList()) + "."));
    }

    /// A system message of conversations can only be given as a constant: that of the first row, if
    /// all have the same.
    private @Nullable String system(Field asked) {
        if (!asked.name().endsWith(".prompt")) {
            return null;
        }
        String name = asked.name().replace(".prompt", ".system");
        List<String> found = rows.stream().map(r -> r.fields().getOrDefault(name, "")).distinct().limit(2).toList();
        return found.size() == 1 && !found.getFirst().isBlank() ? found.getFirst() : null;
    }

    private static String prompt(List<Field> asked) {
        return asked.size() == 1
                ? braced(asked.getFirst())
                : asked.stream().map(f -> f.name() + ": " + braced(f)).collect(Collectors.joining("\n"));
    }

    /// An instruction with its input; a named text; else all that reads like text.
    private List<Field> asked(Field answer) {
        Predicate<Field> other = f -> !f.equals(answer) && isEverywhere(f);
        Optional<Field> named = named(PROMPTS, other);
        if (named.isPresent()) {
            Optional<Field> more = named.get().name().equalsIgnoreCase("instruction") ? named(List.of("input"), other)
                    : named.get().name().equalsIgnoreCase("question") ? named(List.of("context", "passage"), other)
                    : Optional.empty();
            return more.map(m -> List.of(m, named.get())).orElse(List.of(named.get())).reversed();
        }
        double longest = fields.stream().filter(other).mapToDouble(Field::meanCharacters).max().orElse(0);
        return fields.stream().filter(other).filter(f -> f.meanCharacters() >= longest / 4 && !isNumber(f)).toList();
    }

    private Optional<Field> named(List<String> names, Predicate<Field> fits) {
        return names.stream()
                .flatMap(name -> fields.stream().filter(f -> f.name().toLowerCase(Locale.ROOT).equals(name)))
                .filter(fits)
                .findFirst();
    }

    private Optional<Field> fewest() {
        return fields.stream().filter(this::isClass).min(Comparator.comparingInt(Field::different));
    }

    private Field shorter() {
        return fields.stream().min(Comparator.comparingDouble(Field::meanCharacters)).orElseThrow();
    }

    private boolean isClass(Field field) {
        return isEverywhere(field) && field.different() >= 2 && field.different() <= MOST_CLASSES
                && field.different() <= rows.size() / ROWS_PER_CLASS && field.meanCharacters() <= LONGEST_CLASS;
    }

    private List<String> classes(Field answer) {
        return isClass(answer) ? List.copyOf(counts(answer).keySet()) : List.of();
    }

    private boolean uneven(Field answer) {
        Map<String, Integer> counts = counts(answer);
        int rarest = counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        return rarest < 0.5 * rows.size() / counts.size();
    }

    private Map<String, Integer> counts(Field field) {
        Map<String, Integer> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(row.fields().getOrDefault(field.name(), "").strip(), 1, Integer::sum));
        return counts;
    }

    private static boolean isNumber(Field field) {
        return field.example().matches("[-+]?[0-9.,]+");
    }
}
