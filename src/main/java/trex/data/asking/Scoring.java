package trex.data.asking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import trex.data.BrokenData;
import trex.json.Json;
import trex.model.Example;

/// Has rows scored. An answer is a number from 0 to 10 and nothing else.
final class Scoring {
    private static final Pattern NUMBER = Pattern.compile("10(\\.0+)?|\\d(\\.\\d+)?");
    private static final int ANSWER_TOKENS = 16;
    private static final String REMINDER = "Answer with one number from 0 to 10 and nothing else.";

    private final Prompt prompt = new Prompt("score.txt");
    private final Questions questions;
    private final String model;

    Scoring(Questions questions, String model) {
        this.questions = questions;
        this.model = model;
    }

    /// The rows of at least so many points, best first; rows of equal points keep their order.
    Asked atLeast(List<Example> rows, String criterion, double least) throws BrokenData, InterruptedException {
        List<Optional<Double>> points = questions.read(
                rows.stream().map(row -> question(row, criterion)).toList(), ANSWER_TOKENS, Scoring::number, REMINDER);
        long unscored = points.stream().filter(Optional::isEmpty).count();
        if (2 * unscored > rows.size()) {
            throw new BrokenData("score rows: " + model + " gives " + unscored + " of " + rows.size()
                    + " rows no number from 0 to 10; use a model that follows instructions");
        }
        List<Scored> kept = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            double score = points.get(i).orElse(-1.0);
            if (score >= least) {
                kept.add(new Scored(rows.get(i), score));
            }
        }
        kept.sort(Comparator.comparingDouble(Scored::points).reversed());
        return new Asked(kept.stream().map(Scored::row).toList(), unscored + " without a score");
    }

    /// The row stands in JSON: nothing in it can pass for the end of the row.
    private String question(Example row, String criterion) {
        Map<String, Object> shown = new java.util.LinkedHashMap<>();
        if (!row.prompt().isEmpty()) {
            shown.put("prompt", Prompt.shown(row.prompt()));
        }
        shown.put(row.prompt().isEmpty() ? "text" : "answer", Prompt.shown(row.answer()));
        if (row.rejected() != null) {
            shown.put("worse answer", Prompt.shown(row.rejected()));
        }
        if (row.good() != null) {
            shown.put("answer is good", row.good());
        }
        return prompt.filled(Map.of("criterion", criterion, "row", Json.mapper().valueToTree(shown).toString()));
    }

    static Optional<Double> number(String answer) {
        String text = answer.strip();
        return NUMBER.matcher(text).matches() ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }

    private record Scored(Example row, double points) {}
}
