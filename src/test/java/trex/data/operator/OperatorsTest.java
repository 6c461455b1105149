package trex.data.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trex.data.BrokenData;
import trex.json.Json;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.Embedding;
import trex.model.Example;

class OperatorsTest {
    @Test
    void cleaningTakesWhatNobodySeesAndLeavesTheWords() throws Exception {
        String dirty = "Review:  caf\u0065\u0301\u200b  is\u00a0good\u0007\nMood: ";
        assertThat(one(new DataOperator.Clean(false), dirty).prompt()).isEqualTo("Review: caf\u00e9 is good\nMood: ");
        assertThat(one(new DataOperator.Clean(true), "<b>x</b> &amp;lt; y<br/>").prompt()).contains("x").contains("&lt; y")
                .doesNotContain("<");
        assertThat(one(new DataOperator.Clean(true), "a < b and c > d").prompt()).isEqualTo("a < b and c > d");
    }

    @Test
    void aPatternKeepsItsMatchesOrRemovesThem() throws Exception {
        List<Example> rows = List.of(row("a", "see http://x", "y"), row("b", "see me", "y"));
        assertThat(ids(new DataOperator.FilterPattern("https?://", false), rows)).containsExactly("b");
        assertThat(ids(new DataOperator.FilterPattern("https?://", true), rows)).containsExactly("a");
        assertThatThrownBy(() -> new DataOperator.FilterPattern("(", true)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("filter pattern: \"(\" is no regular expression");
    }

    @Test
    void aWritingSystemIsToldByItsLetters() throws Exception {
        List<Example> rows = List.of(row("a", "good 123", "y"), row("b", "хорошо", "y"), row("c", "very хорошо", "y"), row("d", "12", "y"));
        assertThat(ids(new DataOperator.FilterScript("latin", 0.9), rows)).containsExactly("a");
        assertThat(ids(new DataOperator.FilterScript("cyrillic", 0.5), rows)).containsExactly("b", "c");
        assertThatThrownBy(() -> new DataOperator.FilterScript("klingon", 0.5)).hasMessageContaining("klingon");
    }

    @Test
    void aTextThatGoesRoundInCirclesIsRemoved() throws Exception {
        List<Example> rows = List.of(row("a", "buy it now buy it now buy it now", "y"), row("b", "a b c d e f g h", "y"));
        assertThat(ids(new DataOperator.FilterRepeats(0.3), rows)).containsExactly("b");
    }

    @Test
    void aChoiceSpreadsOverAllTopicsBeforeItRepeatsOne() throws Exception {
        List<Example> rows = topics();
        List<Example> chosen = new Operators(5).apply(new DataOperator.SelectDiverse(4, Embedding.HASHED), rows);
        assertThat(chosen).extracting(Operators::source).containsExactlyInAnyOrder("boats", "bread", "chess", "snow");
        assertThat(new Operators(5).apply(new DataOperator.SelectDiverse(2, Embedding.HASHED), rows)).isEqualTo(chosen.subList(0, 2));
        assertThat(new Operators(5).apply(new DataOperator.SelectDiverse(20_000, Embedding.HASHED), rows))
                .containsExactlyInAnyOrderElementsOf(rows);
        assertThatThrownBy(() -> new DataOperator.SelectDiverse(0, Embedding.HASHED)).hasMessageContaining("got 0");
    }

    @Test
    void rowsOfTheSameWordsAreDroppedWhateverTheirOrderAndAnswer() throws Exception {
        List<Example> rows = List.of(row("a", "the boat sails over the lake at night", "y"),
                row("b", "over the lake at night the boat sails", "n"), row("c", "bread rises in a warm kitchen", "y"));
        assertThat(ids(new DataOperator.DropAlike(0.4, Embedding.HASHED), rows)).containsExactly("a", "c");
        assertThat(ids(new DataOperator.DropAlike(0.01, Embedding.HASHED), rows)).containsExactly("a", "b", "c");
        assertThatThrownBy(() -> new DataOperator.DropAlike(0, Embedding.HASHED)).hasMessageContaining("got 0");
    }

    /// Many rows about boats, few about the rest, under one template.
    private static List<Example> topics() {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add(row("boats:" + i, "Text: the boat sails over the lake with sail number " + i + " tonight.", "y"));
        }
        for (String topic : List.of("bread", "chess", "snow")) {
            rows.add(row(topic + ":1", "Text: " + Map.of("bread", "flour yeast and water rise slowly", "chess",
                    "a bishop takes her last pawn", "snow", "white flakes cover every hill").get(topic) + ".", "n"));
        }
        return rows;
    }

    @Test
    void sourcesAreTakenInProportionAndSoIsEveryBeginning() throws Exception {
        List<Example> rows = new ArrayList<>();
        IntStream.range(0, 900).forEach(i -> rows.add(row("big.tsv:" + i, "p" + i, "y")));
        IntStream.range(0, 100).forEach(i -> rows.add(row("small.tsv:" + i, "q" + i, "y")));
        assertThat(sources(new DataOperator.WeightSources(Map.of("big.tsv", 3.0, "small.tsv", 1.0)), rows, 1000))
                .containsExactlyInAnyOrderEntriesOf(Map.of("big.tsv", 300L, "small.tsv", 100L));
        assertThat(sources(new DataOperator.MixSources(1), rows, 50))
                .containsExactlyInAnyOrderEntriesOf(Map.of("big.tsv", 25L, "small.tsv", 25L));
        assertThat(sources(new DataOperator.MixSources(0), rows, 1000))
                .containsExactlyInAnyOrderEntriesOf(Map.of("big.tsv", 900L, "small.tsv", 100L));
        assertThat(sources(new DataOperator.MixSources(0.5), rows, 1000)).containsEntry("big.tsv", 300L);
        assertThat(sources(new DataOperator.WeightSources(Map.of("small.tsv", 1.0)), rows, 1000)).hasSize(1);
        assertThatThrownBy(() -> apply(new DataOperator.WeightSources(Map.of("gone.tsv", 1.0)), rows))
                .isInstanceOf(BrokenData.class).hasMessageContaining("no training row comes from \"gone.tsv\"");
    }

    @Test
    void aBeginningOfBalancedRowsIsBalancedToo() throws Exception {
        List<Example> rows = IntStream.range(0, 1000).mapToObj(i -> row("t:" + i, "p" + i, i % 10 == 0 ? "rare" : "usual")).toList();
        assertThat(apply(new DataOperator.BalanceAnswers(), rows)).hasSize(200);
        assertThat(apply(new DataOperator.BalanceAnswers(), rows).subList(0, 40).stream()
                .collect(Collectors.groupingBy(Example::answer, Collectors.counting())))
                .containsEntry("rare", 20L).containsEntry("usual", 20L);
    }

    @Test
    void copiesChangeWordsOfTheRowButNoneOfTheTemplate() throws Exception {
        List<Example> rows = List.of(row("a", "Review: one two three four five\nMood:", "good"),
                row("b", "Review: six seven eight nine ten\nMood:", "bad"));
        List<Example> more = apply(new DataOperator.AugmentWords(2, 0.4), rows);
        assertThat(more).hasSize(6).containsAll(rows);
        assertThat(more).filteredOn(e -> e.id().contains("~")).hasSize(4).allSatisfy(copy -> {
            assertThat(copy.prompt()).startsWith("Review: ").endsWith("\nMood:").isNotIn(rows.get(0).prompt(), rows.get(1).prompt());
            assertThat(copy.answer()).isEqualTo(copy.id().startsWith("a") ? "good" : "bad");
        });
        assertThat(apply(new DataOperator.AugmentWords(2, 0.4), rows)).isEqualTo(more);
    }

    @Test
    void commonWordsComeBeforeRareOnes() throws Exception {
        List<Example> rows = List.of(row("a", "zygote quark", "y"), row("b", "good film", "y"), row("c", "good good film", "y"),
                row("d", "film quark", "y"));
        assertThat(ids(new DataOperator.CommonFirst(), rows)).endsWith("d", "a");
    }

    @Test
    void nearDuplicatesNeedTheSameAnswer() throws Exception {
        String long1 = "Review: the acting was superb and the story held me until the very end of this long evening\nMood:";
        String long2 = long1.replace("very end", "very last end");
        List<Example> rows = List.of(row("a", long1, "good"), row("b", long2, "good"), row("c", long2, "bad"),
                row("d", "Review: a dull affair from the first to the last minute of it, and then some more of that\nMood:", "bad"));
        assertThat(ids(new DataOperator.DropNearDuplicates(0.8), rows)).containsExactly("a", "c", "d");
        assertThat(ids(new DataOperator.DropNearDuplicates(1), rows)).hasSize(4);
    }

    @Test
    void aDiverseBeginningHoldsOneRowOfEachKindBeforeASecond() throws Exception {
        List<Example> rows = new ArrayList<>();
        for (String kind : List.of("the museum looked graceful today", "convert ninety miles to kilometres", "when does the train leave")) {
            IntStream.range(0, 20).forEach(i -> rows.add(row(kind.substring(0, 3) + ":" + i, "Ask: " + kind + " " + i + "\nSay:", "y")));
        }
        List<Example> diverse = apply(new DataOperator.DiverseFirst(), rows);
        assertThat(diverse).hasSize(60).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(diverse.subList(0, 3)).extracting(Operators::source).doesNotHaveDuplicates();
    }

    @Test
    void everyOperatorComesBackFromJson() throws Exception {
        DataRecipe recipe = new DataRecipe(List.of(new DataOperator.Clean(true), new DataOperator.FilterPattern("x+", true),
                new DataOperator.FilterScript("latin", 0.9), new DataOperator.FilterLength(1, 9), new DataOperator.FilterRepeats(0.2),
                new DataOperator.Deduplicate(), new DataOperator.DropNearDuplicates(0.8), new DataOperator.DropShortest(0.1),
                new DataOperator.WeightSources(Map.of("a.tsv", 2.0)), new DataOperator.MixSources(0.7),
                new DataOperator.BalanceAnswers(), new DataOperator.AugmentWords(1, 0.1), new DataOperator.DiverseFirst(), new DataOperator.Sample(9),
                new DataOperator.SelectDiverse(5, Embedding.HASHED), new DataOperator.DropAlike(0.2, Embedding.MODEL),
                new DataOperator.ScoreRows("clear", 7), new DataOperator.GenerateRows(10, "more like these"),
                new DataOperator.ShortFirst(), new DataOperator.CommonFirst()));
        String json = Json.mapper().writeValueAsString(recipe);
        assertThat(json).contains("{\"kind\":\"dropNearDuplicates\",\"similarity\":0.8}");
        assertThat(Json.mapper().readValue(json, DataRecipe.class)).isEqualTo(recipe);
        assertThat(recipe.operators().stream().<Object>map(Object::getClass).toList())
                .containsExactlyInAnyOrder((Object[]) DataOperator.class.getPermittedSubclasses());
    }

    private static Map<String, Long> sources(DataOperator operator, List<Example> rows, int first) throws BrokenData {
        List<Example> shuffled = new ArrayList<>(rows);
        java.util.Collections.shuffle(shuffled, new Random(1));
        return apply(operator, shuffled).stream().limit(first)
                .collect(Collectors.groupingBy(Operators::source, Collectors.counting()));
    }

    private static List<String> ids(DataOperator operator, List<Example> rows) throws BrokenData {
        return apply(operator, rows).stream().map(Example::id).toList();
    }

    private static Example one(DataOperator operator, String prompt) throws BrokenData {
        return apply(operator, List.of(row("a", prompt, "y"))).getFirst();
    }

    private static List<Example> apply(DataOperator operator, List<Example> rows) throws BrokenData {
        return new Operators(3).apply(operator, rows);
    }

    private static Example row(String id, String prompt, String answer) {
        return new Example(id, null, prompt, answer);
    }
}
