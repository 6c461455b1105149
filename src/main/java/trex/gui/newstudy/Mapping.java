package trex.gui.newstudy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trex.gui.text.Texts;
import trex.model.DataPreview;
import trex.model.Template;

/// How the person maps columns to what the model is given and shall say.
///
/// @param prompt text with `{column}` placeholders
/// @param answer name of a column, or empty
/// @param rejected column of the worse answer
/// @param rating column that says whether the answer is a good one
/// @param words the answer column's values and the words for them, of classes
record Mapping(TaskKind kind, String prompt, String answer, String rejected, String rating, @Nullable String system,
        Map<String, String> words, boolean chat) {
    /// A part of the form.
    enum Part {
        PROMPT,
        ANSWER,
        REJECTED,
        RATING,
        WORDS
    }

    /// What is wrong with which part, a sentence each; empty where a template can be made.
    Map<Part, String> mistakes(DataPreview data, Texts texts) {
        Map<Part, String> mistakes = new EnumMap<>(Part.class);
        if (kind != TaskKind.TEXT) {
            prompt(data, texts).ifPresent(said -> mistakes.put(Part.PROMPT, said));
        }
        column(answer, data, texts).or(() -> classes(data, texts)).ifPresent(said -> mistakes.put(Part.ANSWER, said));
        if (kind == TaskKind.COMPARED) {
            second(rejected, data, texts).ifPresent(said -> mistakes.put(Part.REJECTED, said));
        }
        if (kind == TaskKind.RATED) {
            second(rating, data, texts).ifPresent(said -> mistakes.put(Part.RATING, said));
        }
        if (kind == TaskKind.CLASSES && !mistakes.containsKey(Part.ANSWER)) {
            words(texts).ifPresent(said -> mistakes.put(Part.WORDS, said));
        }
        return mistakes;
    }

    Template template() {
        return switch (kind) {
            case CLASSES -> new Template(system, prompt, braced(answer), changed(), answers(), chat);
            case ANSWERS -> new Template(system, prompt, braced(answer), Map.of(), List.of(), chat);
            case COMPARED -> new Template(system, prompt, braced(answer), Map.of(), List.of(), chat, braced(rejected), null);
            case RATED -> new Template(system, prompt, braced(answer), Map.of(), List.of(), chat, null, braced(rating));
            case TEXT -> new Template(null, "", braced(answer), Map.of(), List.of(), false);
        };
    }

    /// The words to choose from; none but of classes.
    List<String> answers() {
        return kind == TaskKind.CLASSES ? words.values().stream().distinct().sorted().toList() : List.of();
    }

    private Map<String, String> changed() {
        Map<String, String> changed = new HashMap<>(words);
        changed.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
        return changed;
    }

    private Optional<String> prompt(DataPreview data, Texts texts) {
        List<String> named = Template.PLACEHOLDER.matcher(prompt).results().map(found -> found.group(1)).toList();
        List<String> there = data.fields().stream().map(DataPreview.Field::name).toList();
        Optional<String> unknown = named.stream().filter(field -> !there.contains(field)).findFirst();
        if (unknown.isPresent()) {
            return Optional.of(texts.get("own.unknown", unknown.get(), String.join(", ", there)));
        }
        List<String> shown = new ArrayList<>(named);
        shown.retainAll(List.of(answer));
        return named.isEmpty() ? Optional.of(texts.get("own.noplaceholder", "{" + (there.isEmpty() ? "" : there.getFirst()) + "}"))
                : shown.isEmpty() ? Optional.empty() : Optional.of(texts.get("own.shown", "{" + answer + "}"));
    }

    private static Optional<String> column(String name, DataPreview data, Texts texts) {
        Optional<DataPreview.Field> field = data.fields().stream().filter(f -> f.name().equals(name)).findFirst();
        if (field.isEmpty()) {
            return Optional.of(texts.get("own.nocolumn"));
        }
        int blank = data.rows() - field.get().filled();
        return blank == 0 ? Optional.empty() : Optional.of(texts.get("own.blank", name, blank, data.rows()));
    }

    private Optional<String> second(String name, DataPreview data, Texts texts) {
        return name.equals(answer) && !name.isEmpty() ? Optional.of(texts.get("own.same", name)) : column(name, data, texts);
    }

    private Optional<String> classes(DataPreview data, Texts texts) {
        if (kind != TaskKind.CLASSES) {
            return Optional.empty();
        }
        DataPreview.Field field = data.fields().stream().filter(f -> f.name().equals(answer)).findFirst().orElseThrow();
        return field.different() == 1 ? Optional.of(texts.get("own.single", answer, field.example()))
                : field.values().isEmpty() ? Optional.of(texts.get("own.many", answer, field.different())) : Optional.empty();
    }

    private Optional<String> words(Texts texts) {
        Optional<String> blank = words.entrySet().stream().filter(e -> e.getValue().isBlank()).map(Map.Entry::getKey).findFirst();
        return blank.isPresent() ? Optional.of(texts.get("own.noword", blank.get()))
                : answers().size() < 2 ? Optional.of(texts.get("own.oneword")) : Optional.empty();
    }

    private static String braced(String column) {
        return "{" + column + "}";
    }
}
