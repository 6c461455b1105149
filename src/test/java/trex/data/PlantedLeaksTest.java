package trex.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.Example;
import trex.model.RunId;
import trex.model.Template;

/// Test rows that are planted in the training rows, with their answers: none gets through.
class PlantedLeaksTest {
    private static final Template TEMPLATE = new Template(null, "Good? {text}", "{label}",
            Map.of("0", "no", "1", "yes"), List.of("no", "yes"), false);
    private static final int TEST = 60;

    @TempDir Path folder;
    private final Random random = new Random(3);

    private String sentence() {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            words.append(i == 0 ? "" : " ").append(Integer.toString(random.nextInt(30_000) + 2_000, 36));
        }
        return words.toString();
    }

    private static Row row(String file, int line, String text, int label) {
        return new Row(file, line, Map.of("text", text, "label", Integer.toString(label % 2)));
    }

    /// A test sentence in one of four disguises.
    private String disguised(String sentence, int kind) {
        String[] words = sentence.split(" ");
        return switch (kind % 4) {
            case 0 -> sentence;
            case 1 -> "  " + sentence.toUpperCase(Locale.ROOT).replace(" ", " \t ") + " ";
            case 2 -> sentence() + " " + sentence + " " + sentence();
            default -> String.join(" ", List.of(words).subList(3, 9));
        };
    }

    @Test
    void everyPlantedTestRowIsRemovedAndCounted() throws Exception {
        List<Row> train = new ArrayList<>();
        List<Row> test = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            train.add(row("train", i + 2, sentence(), i));
        }
        for (int i = 0; i < TEST; i++) {
            String sentence = sentence();
            test.add(row("test", i + 2, sentence, i));
            train.add(row("train", 402 + i, disguised(sentence, i), i));
        }
        SplitSealer.Seal seal = new SplitSealer(folder).seal(
                new SplitSealer.Source(train, null, test), TEMPLATE, new trex.model.ValidationCut(50, false), 4);
        assertThat(seal.splits().removedFromTrain()).isEqualTo(TEST);
        assertThat(seal.splits().train().rows()).isEqualTo(400 - 50);

        SplitReader reader = new SplitReader(InstantSource.system());
        List<Example> opened = reader.openTest(seal.splits().test(), new RunId("r"));
        for (var split : List.of(seal.splits().train(), seal.splits().validation())) {
            List<String> prompts = reader.read(split).stream().map(Example::prompt).toList();
            assertThat(opened).noneMatch(e -> prompts.contains(e.prompt()));
        }
    }
}
