package trex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.Example;
import trex.model.RunId;
import trex.model.SealedSplit;
import trex.model.SealedSplits;
import trex.model.Template;
import trex.model.ValidationCut;

class SplitSealerTest {
    private static final Template TEMPLATE = new Template(null, "Good? {text}", "{label}",
            Map.of("0", "no", "1", "yes"), List.of("no", "yes"), true);

    @TempDir Path folder;
    private final SplitReader reader = new SplitReader(InstantSource.system());

    @Test
    void noTrainingRowEqualsContainsOrStandsInARowOfAnotherSplit() throws Exception {
        SplitSealer.Source source = phrases(11);
        SealedSplits sealed = seal(source, new ValidationCut(30, true), 5).splits();
        List<String> train = prompts(reader.read(sealed.train()));
        List<String> held = new ArrayList<>(prompts(reader.read(sealed.validation())));
        held.addAll(prompts(reader.openTest(sealed.test(), new RunId("r1"))));
        for (String row : train) {
            assertThat(held).noneMatch(other -> other.contains(row) || row.contains(other));
        }
        assertThat(sealed.validation().rows()).isEqualTo(30);
        assertThat(sealed.train().rows() + 30 + sealed.removedFromTrain()).isEqualTo(source.train().size());
        assertThat(sealed.removedFromTrain()).isPositive();
    }

    @Test
    void aCutByGroupTakesTheHeadsOfGroups() throws Exception {
        List<Row> train = rows("train", "a fine film about bears", "fine film", "about bears", "alone in the dark",
                "on its own",
                "a dull play", "dull play", "the third one here", "third one", "lost", "another word");
        SealedSplits sealed = seal(new SplitSealer.Source(train, null, rows("test", "x y z")), new ValidationCut(3, true), 1)
                .splits();
        assertThat(prompts(reader.read(sealed.validation())))
                .containsExactly("a fine film about bears", "a dull play", "the third one here");
        assertThat(prompts(reader.read(sealed.train()))).containsExactly("alone in the dark", "on its own", "lost", "another word");
        assertThat(sealed.removedFromTrain()).isEqualTo(4);
    }

    @Test
    void aLeakedRowIsFoundThoughAWordOfItWasChanged() throws Exception {
        String test = "the acting was superb and the story of 3 brothers held me until the very end of this long and happy evening";
        List<Row> train = List.of(row("train", 2, test.replace("happy", "merry"), "1"),
                row("train", 3, test.replace("3", "4"), "1"), row("train", 4, test.replace("happy", "sunny"), "0"),
                row("train", 5, "nothing like it", "0"));
        SealedSplits sealed = seal(new SplitSealer.Source(train, rows("v", "something", "else"), List.of(row("test", 2, test, "1"))),
                null, 1).splits();
        assertThat(reader.read(sealed.train())).extracting(Example::id).containsExactly("train:3", "train:4", "train:5");
        assertThat(sealed.removedFromTrain()).isEqualTo(1);
    }

    @Test
    void theSameSeedSealsTheSameBytesAndAnotherSeedOthers() throws Exception {
        SplitSealer.Source source = phrases(3);
        SealedSplits first = seal(source, new ValidationCut(20, false), 8).splits();
        assertThat(seal(source, new ValidationCut(20, false), 8).splits()).isEqualTo(first);
        assertThat(seal(source, new ValidationCut(20, false), 9).splits().validation().sha256())
                .isNotEqualTo(first.validation().sha256());
    }

    @Test
    void givenValidationRowsThatOverlapTheTestAreRemovedAndCounted() throws Exception {
        SplitSealer.Seal seal = seal(new SplitSealer.Source(rows("train", "one two", "three", "seven up", "nine"),
                rows("validation", "four five", "six"), rows("test", "six", "three four")), null, 1);
        assertThat(seal.removedFromValidation()).isEqualTo(1);
        assertThat(seal.splits().removedFromTrain()).isEqualTo(1);
        assertThat(seal.splits().validation().rows()).isEqualTo(1);
    }

    @Test
    void aChangedSplitIsRefused() throws Exception {
        SealedSplit train = seal(phrases(3), new ValidationCut(20, true), 8).splits().train();
        Path file = Path.of(train.path());
        Files.writeString(file, Files.readString(file).replaceFirst("\"yes\"", "\"no\""));
        assertThatThrownBy(() -> reader.read(train)).isInstanceOf(BrokenData.class)
                .hasMessageContaining("was changed after it was sealed");
    }

    @Test
    void theTestSplitIsOpenedOnlyOnTheRecord() throws Exception {
        SealedSplit test = seal(phrases(3), new ValidationCut(20, true), 8).splits().test();
        assertThatThrownBy(() -> reader.read(test)).isInstanceOf(IllegalArgumentException.class);
        assertThat(folder.resolve("test-openings.log")).doesNotExist();
        reader.openTest(test, new RunId("run-7"));
        assertThat(folder.resolve("test-openings.log")).content().contains("opened by run run-7");
    }

    @Test
    void whatLeavesASideEmptyIsRefused() {
        assertRefused(new SplitSealer.Source(rows("t", "a", "b"), null, rows("e", "z")), new ValidationCut(2, false),
                "data.cut.size asks for 2 validation rows, but 2 different training rows");
        assertRefused(new SplitSealer.Source(rows("t", "a", "b"), rows("v", "a b"), rows("e", "z")), null,
                "no training row is left");
        assertRefused(new SplitSealer.Source(rows("t", "a", "b"), rows("v", "z"), rows("e", "z")), null,
                "no validation row is left");
    }

    @Test
    void aClassificationWithOneAnswerIsRefused() {
        List<Row> same = List.of(row("t", 2, "one", "1"), row("t", 3, "two", "1"));
        assertRefused(new SplitSealer.Source(same, rows("v", "three"), rows("e", "four")), null,
                "every training row has the answer \"yes\"");
        assertRefused(new SplitSealer.Source(List.of(row("t", 2, "one", "7")), rows("v", "x"), rows("e", "y")), null,
                "t, line 2: expected an answer out of no, yes, found \"7\"");
    }

    private void assertRefused(SplitSealer.Source source, @Nullable ValidationCut cut, String message) {
        assertThatThrownBy(() -> seal(source, cut, 1)).isInstanceOf(BrokenData.class).hasMessageContaining(message);
    }

    private SplitSealer.Seal seal(SplitSealer.Source source, @Nullable ValidationCut cut, long seed)
            throws Exception {
        return new SplitSealer(folder).seal(source, TEMPLATE, cut, seed);
    }

    private static List<String> prompts(List<Example> examples) {
        return examples.stream().map(e -> e.prompt().substring("Good? ".length())).toList();
    }

    private static List<Row> rows(String file, String... texts) {
        return IntStream.range(0, texts.length).mapToObj(i -> row(file, i + 2, texts[i], String.valueOf(i % 2))).toList();
    }

    private static Row row(String file, int line, String text, String label) {
        return new Row(file, line, Map.of("text", text, "label", label));
    }

    /// Sentences of random words and, in training, their parts too.
    private static SplitSealer.Source phrases(long seed) {
        Random random = new Random(seed);
        List<String> train = new ArrayList<>();
        List<String> test = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            List<String> words = random.ints(8, 0, 300).mapToObj(w -> "" + (char) ('a' + w / 26) + (char) ('a' + w % 26)).toList();
            (i % 5 == 0 ? test : train).add(String.join(" ", words));
            for (int part = 0; part < 3; part++) {
                int from = random.nextInt(7);
                train.add(String.join(" ", words.subList(from, from + 1 + random.nextInt(8 - from))));
            }
        }
        return new SplitSealer.Source(rows("train", train.toArray(String[]::new)), null,
                rows("test", test.toArray(String[]::new)));
    }
}
