package trex.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import trex.model.Example;
import trex.model.RowForm;
import trex.model.Template;

/// Turns rows into examples by a mission's template.
final class ExampleMaker {
    private final Template template;
    private final Set<String> textFields;

    ExampleMaker(Template template) {
        this.template = template;
        textFields = placeholders(template.form() == RowForm.TEXT ? template.answer() : template.prompt());
    }

    List<TextExample> make(List<Row> rows) throws BrokenData {
        List<TextExample> made = new ArrayList<>(rows.size());
        for (Row row : rows) {
            made.add(make(row));
        }
        return made;
    }

    /// @throws BrokenData for a field that the row does not have, for an answer that is none of the
    ///     allowed ones, and for two answers that are one
    TextExample make(Row row) throws BrokenData {
        String prompt = fill(template.prompt(), row, "prompt");
        String answer = answer(template.answer(), row, "answer");
        String worse = template.rejected() == null ? null : answer(template.rejected(), row, "rejected");
        if (answer.equals(worse)) {
            throw BrokenData.at(row.file(), row.line(), "the chosen and the rejected answer are the same: \"" + answer + "\"");
        }
        Boolean good = template.rating() == null ? null : rating(template.rating(), row);
        return new TextExample(new Example(row.id(), template.system(), prompt, answer, worse, good), text(row));
    }

    private String answer(String pattern, Row row, String part) throws BrokenData {
        String found = fill(pattern, row, part).strip();
        String answer = template.labels().getOrDefault(found, found);
        if (answer.isBlank()) {
            throw BrokenData.at(row.file(), row.line(), "the " + (part.equals("answer") ? "" : "rejected ")
                    + "answer (" + pattern + ") is empty");
        }
        if (!template.answers().isEmpty() && !template.answers().contains(answer)) {
            throw BrokenData.at(row.file(), row.line(), "expected an answer out of "
                    + String.join(", ", template.answers()) + ", found \"" + answer + "\" (labels: "
                    + template.labels() + ")");
        }
        return answer;
    }

    private boolean rating(String pattern, Row row) throws BrokenData {
        String found = fill(pattern, row, "rating").strip();
        return switch (found.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "good" -> true;
            case "false", "0", "no", "bad" -> false;
            default -> throw BrokenData.at(row.file(), row.line(), "expected a rating (" + pattern
                    + "): true or false, 1 or 0, yes or no, good or bad; found \"" + found + "\"");
        };
    }

    /// What makes a row this row and no other: the fields that the prompt shows (or the plain text),
    /// without the words of the template that all rows share.
    private String text(Row row) {
        StringBuilder text = new StringBuilder();
        for (String field : textFields) {
            text.append(row.fields().get(field)).append('\n');
        }
        return NormalText.of(text.toString());
    }

    private String fill(String pattern, Row row, String part) throws BrokenData {
        Matcher matcher = Template.PLACEHOLDER.matcher(pattern);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = row.fields().get(matcher.group(1));
            if (value == null) {
                throw unknown(matcher.group(1), row, part);
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value.strip()));
        }
        return matcher.appendTail(filled).toString();
    }

    private static BrokenData unknown(String field, Row row, String part) {
        return BrokenData.at(row.file(), row.line(), "expected the field \"" + field + "\" that data.template." + part
                + " names; the row has " + String.join(", ", row.fields().keySet()));
    }

    /// The fields that a part of a template names.
    static Set<String> placeholders(String pattern) {
        Set<String> fields = new LinkedHashSet<>();
        Matcher matcher = Template.PLACEHOLDER.matcher(pattern);
        while (matcher.find()) {
            fields.add(matcher.group(1));
        }
        return fields;
    }
}
