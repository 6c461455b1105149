package trex.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import trex.data.NormalText;
import trex.data.operator.Frame;
import trex.data.operator.NearIndex;
import trex.data.operator.Operators;
import trex.data.operator.Sketch;
import trex.model.Example;

/// What validation examples are sorted by: the right answer, the length in words (by quarters), the
/// source, and how much of the prompt stands in one training row.
final class ExampleFeatures {
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int QUARTERS = 4;
    private static final double SOME = 0.3;
    private static final double MUCH = 0.5;

    private final boolean classes;
    private final Frame frame;
    private final int[] lengths;
    private final NearIndex training = new NearIndex(SOME);

    /// @param classes whether the answers are classes
    ExampleFeatures(List<Example> validation, List<Example> train, boolean classes) {
        this.classes = classes;
        frame = Frame.of(Stream.concat(validation.stream(), train.stream()).toList());
        lengths = validation.stream().mapToInt(e -> words(text(e))).sorted().toArray();
        train.forEach(row -> training.add(Sketch.of(text(row))));
    }

    /// The values of an example's features, in words.
    List<String> of(Example example) {
        List<String> features = new ArrayList<>();
        if (classes) {
            features.add("answer " + example.answer());
        }
        features.add(length(words(text(example))));
        features.add("from " + Operators.source(example));
        features.add(overlap(Sketch.of(text(example))));
        return features;
    }

    private String length(int words) {
        int quarter = 1;
        while (quarter < QUARTERS && words > edge(quarter)) {
            quarter++;
        }
        int from = quarter == 1 ? lengths[0] : edge(quarter - 1) + 1;
        return quarter == QUARTERS ? from + " words and more" : from + " to " + edge(quarter) + " words";
    }

    private int edge(int quarter) {
        return lengths[quarter * (lengths.length - 1) / QUARTERS];
    }

    private String overlap(byte[] signature) {
        double[] most = new double[1];
        training.any(signature, row -> {
            most[0] = Math.max(most[0], training.similarity(signature, row));
            return most[0] >= MUCH;
        });
        return most[0] >= MUCH ? "much like a training row" : most[0] >= SOME ? "a little like a training row" : "like no training row";
    }

    /// What the template's words stand around.
    private String text(Example example) {
        return NormalText.of(frame.core(example.text()));
    }

    private static int words(String text) {
        return text.isEmpty() ? 0 : SPACE.split(text, -1).length;
    }
}
