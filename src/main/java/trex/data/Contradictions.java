package trex.data;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import trex.model.Bounds;
import trex.model.DataSource;
import trex.model.Limit;
import trex.model.Mission;
import trex.model.RecipeField;
import trex.model.RowForm;
import trex.model.TaskData;
import trex.model.Template;

/// What in a mission cannot be meant: fields that are each in order but deny one another.
final class Contradictions {
    private Contradictions() {}

    /// A sentence that begins with the field, or nothing.
    static Optional<String> in(Mission mission) {
        return Stream.of(sources(mission.data()), template(mission.data().template()), sizes(mission), space(mission))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> sources(TaskData data) {
        String test = data.test().location();
        DataSource validation = data.validation();
        List<String> train = data.train().stream().map(DataSource::location).toList();
        if (train.contains(test) || (validation != null && validation.location().equals(test))) {
            return Optional.of("data.test: " + test + " is also "
                    + (train.contains(test) ? "training" : "validation") + " data; the test split needs rows of its own");
        }
        if (validation != null && train.contains(validation.location())) {
            return Optional.of("data.validation: " + validation.location()
                    + " is also training data; give other rows, or let data.cut take them from the training rows");
        }
        return new HashSet<>(train).size() < train.size()
                ? Optional.of("data.train: a source is named twice: " + String.join(", ", train))
                : Optional.empty();
    }

    private static Optional<String> template(Template template) {
        Set<String> asked = ExampleMaker.placeholders(template.prompt());
        Set<String> answered = ExampleMaker.placeholders(template.answer());
        List<String> answers = template.answers();
        if (asked.isEmpty() && template.form() != RowForm.TEXT) {
            return Optional.of("data.template.prompt: \"" + template.prompt()
                    + "\" names no {field}, so every prompt would be the same");
        }
        if (answered.isEmpty()) {
            return Optional.of("data.template.answer: \"" + template.answer()
                    + "\" names no {field}, so every answer would be the same");
        }
        Optional<String> more = secondAnswer(template, answered);
        if (more.isPresent()) {
            return more;
        }
        if (asked.containsAll(answered)) {
            return Optional.of("data.template.prompt: it shows " + answered + ", which data.template.answer asks for");
        }
        if (new HashSet<>(answers).size() < answers.size()) {
            return Optional.of("data.template.answers: an answer is listed twice: " + String.join(", ", answers));
        }
        return template.labels().entrySet().stream()
                .filter(label -> !answers.isEmpty() && !answers.contains(label.getValue()))
                .map(label -> "data.template.labels: " + label.getKey() + " becomes \"" + label.getValue()
                        + "\", which data.template.answers does not list (" + String.join(", ", answers) + ")")
                .sorted()
                .findFirst();
    }

    /// What more than an answer a template takes from a row.
    private static Optional<String> secondAnswer(Template template, Set<String> answered) {
        String rejected = template.rejected();
        String rating = template.rating();
        if (rejected != null && ExampleMaker.placeholders(rejected).isEmpty()) {
            return Optional.of("data.template.rejected: \"" + rejected
                    + "\" names no {field}, so every rejected answer would be the same");
        }
        if (template.answer().equals(rejected)) {
            return Optional.of("data.template.rejected: it is the answer itself, " + rejected);
        }
        if (rating != null && ExampleMaker.placeholders(rating).isEmpty()) {
            return Optional.of("data.template.rating: \"" + rating + "\" names no {field}, so every answer would be rated the same");
        }
        return rating != null && answered.containsAll(ExampleMaker.placeholders(rating))
                ? Optional.of("data.template.rating: it is what data.template.answer asks for, " + rating)
                : Optional.empty();
    }

    private static Optional<String> sizes(Mission mission) {
        int most = mission.budget().examplesPerRound();
        int start = mission.start().data().examples();
        if (start != Integer.MAX_VALUE && start > most) {
            return Optional.of("start.data: its sample asks for " + start
                    + " examples, budget.examplesPerRound allows " + most);
        }
        return mission.space().get("examples") instanceof Bounds(double least, _) && least > most
                ? Optional.of("space.examples: at least " + Math.round(least)
                        + " are asked for, budget.examplesPerRound allows " + most)
                : Optional.empty();
    }

    private static Optional<String> space(Mission mission) {
        return mission.space().keySet().stream().sorted()
                .flatMap(name -> space(mission, name).stream())
                .findFirst();
    }

    private static Optional<String> space(Mission mission, String name) {
        RecipeField field = RecipeField.named(name);
        Limit limit = Objects.requireNonNull(mission.space().get(name));
        if (name.equals("examples") && mission.start().data().examples() == Integer.MAX_VALUE) {
            return Optional.empty();
        }
        if (!field.isWithin(limit, mission.start())) {
            return Optional.of("start: " + name + " is " + field.text(mission.start()) + ", which the mission's own space."
                    + name + " does not allow (" + limit.text() + ")");
        }
        return mission.starts().stream().anyMatch(field::applies)
                ? Optional.empty()
                : Optional.of("space." + name + ": the field has no meaning where method is "
                        + RecipeField.named("method").text(mission.start()) + ", and space.method allows no other");
    }
}
