package trex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.Example;
import trex.model.MappingTrial;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.MissionDraft;
import trex.model.Procedure;
import trex.model.Template;

class OwnRowsTest {
    @TempDir Path folder;

    @Test
    void aBareTableBecomesAMissionWithACutTestSplit() throws Exception {
        OwnRows rows = OwnRows.read(letters(60));
        Template template = Objects.requireNonNull(rows.preview().mapping()).template();
        MappingTrial trial = rows.trial(template);
        assertThat(trial.answers()).containsExactly(Map.entry("0", 30), Map.entry("1", 30));
        assertThat(trial.first()).hasSize(5).first().extracting(Example::id).isEqualTo("letters.csv:2");
        Path file = rows.write(draft("letters", template, null), folder.resolve("missions"));
        assertThat(file).isEqualTo(folder.resolve("missions/letters/task.json"));
        Mission mission = MissionFile.read(file);
        assertThat(mission.data().test().location()).isEqualTo(file.resolveSibling("test.jsonl").toString());
        assertThat(Files.readAllLines(file.resolveSibling("test.jsonl"))).hasSize(6);
        assertThat(Files.readAllLines(file.resolveSibling("train.jsonl"))).hasSize(54);
        assertThat(Objects.requireNonNull(mission.data().cut()).size()).isEqualTo(6);
        assertThat(mission.start().data().examples()).isEqualTo(54);
        assertThat(rows.write(draft("letters", template, null), folder.resolve("missions")))
                .as("nothing is overwritten").isEqualTo(folder.resolve("missions/letters-2/task.json"));
    }

    @Test
    void aTestFileOfTheirOwnLeavesTheDataWhereItIs() throws Exception {
        OwnRows rows = OwnRows.read(letters(60));
        Path test = Files.writeString(folder.resolve("held-out.csv"), "text,kind\na new letter,1\n");
        Template template = Objects.requireNonNull(rows.preview().mapping()).template();
        Path file = rows.write(draft("letters", template, test.toString()), folder.resolve("missions"));
        Mission mission = MissionFile.read(file);
        assertThat(mission.data().train().getFirst().location()).isEqualTo(folder.resolve("letters.csv").toString());
        assertThat(mission.data().test().location()).isEqualTo(test.toString());
        assertThat(file.resolveSibling("train.jsonl")).doesNotExist();
    }

    @Test
    void aFolderAsTheHubLaysThemOutKeepsItsSplits() throws Exception {
        Path set = Files.createDirectories(folder.resolve("set/data"));
        for (String split : List.of("train", "validation", "test")) {
            Files.writeString(set.resolve(split + "-00000.jsonl"), IntStream.range(0, 40)
                    .mapToObj(i -> "{\"text\": \"" + split + " text " + i + "\", \"label\": " + i % 2 + "}\n").collect(Collectors.joining()));
        }
        OwnRows rows = OwnRows.read(folder.resolve("set"));
        assertThat(rows.preview().rows()).isEqualTo(40);
        Template template = Objects.requireNonNull(rows.preview().mapping()).template();
        Mission mission = MissionFile.read(rows.write(draft("set", template, null), folder.resolve("missions")));
        assertThat(mission.data().cut()).isNull();
        assertThat(mission.data().test().location()).endsWith("test-00000.jsonl");
    }

    @Test
    void comparedAnswersBeginWithAPreferenceAtALowRate() throws Exception {
        Path file = Files.writeString(folder.resolve("pairs.jsonl"), IntStream.range(0, 30).mapToObj(i -> "{\"prompt\": \"question "
                + i + "\", \"chosen\": \"good " + i + "\", \"rejected\": \"bad " + i + "\"}\n").collect(Collectors.joining()));
        OwnRows rows = OwnRows.read(file);
        var mapping = Objects.requireNonNull(rows.preview().mapping());
        Path written = rows.write(new MissionDraft("pairs", "Prefer.", "nano", mapping.template(), mapping.metric(), null, 3, 4, 60),
                folder.resolve("missions"));
        Mission mission = MissionFile.read(written);
        assertThat(mission.start().procedure()).isInstanceOf(Procedure.Preference.class);
        assertThat(mission.start().optimization().learningRate()).isEqualTo(1e-4);
    }

    @Test
    void aFileWithoutRowsIsNamed() throws Exception {
        refused("empty.csv", "", "empty.csv is empty: expected a header line");
        refused("header.csv", "text,kind\n", "header.csv has no rows");
        refused("nothing.jsonl", "", "nothing.jsonl has no rows");
    }

    @Test
    void aBrokenLineIsNamed() throws Exception {
        refused("letters.csv", "text,kind\na,1\nb,0,7\n", "letters.csv, line 3: expected 2 fields (text, kind), found 3");
        refused("letters.jsonl", "{\"a\": 1}\n{\"a\":\n", "letters.jsonl, line 2");
    }

    @Test
    void whatIsNoTextIsNotRead() throws Exception {
        Path binary = Files.write(folder.resolve("picture.csv"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, (byte) 0xFF, 0});
        assertThatThrownBy(() -> OwnRows.read(binary)).isInstanceOf(BrokenData.class).hasMessageContaining("is no UTF-8 text");
        refused("table.xlsx", "PK", "its ending names no format that can be read");
    }

    @Test
    void aLineWithoutAnEndIsRefusedBeforeItFillsTheMemory() throws Exception {
        refused("long.jsonl", "{\"a\": \"" + "x".repeat(LineGuard.LONGEST) + "\"}\n", "line 1 is longer than 10000000 characters");
        refused("long.csv", "text,kind\n" + "x".repeat(LineGuard.LONGEST + 1) + ",1\n", "longer than 10000000 characters");
    }

    @Test
    void aSingleClassLeavesNothingToLearn() throws Exception {
        OwnRows rows = OwnRows.read(Files.writeString(folder.resolve("one.csv"), "text,kind\n"
                + IntStream.range(0, 30).mapToObj(i -> "letter " + i + ",1\n").collect(Collectors.joining())));
        Template template = new Template(null, "{text}", "{kind}", Map.of(), List.of("0", "1"), true);
        assertThatThrownBy(() -> rows.trial(template)).isInstanceOf(BrokenData.class)
                .hasMessage("one.csv: all 30 rows have the answer \"1\", which leaves nothing to learn");
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
        OwnRows rows = OwnRows.read(letters(30));
        assertThatThrownBy(() -> rows.trial(new Template(null, "{betreff}", "{kind}", Map.of(), List.of(), true)))
                .isInstanceOf(BrokenData.class).hasMessageContaining("the field \"betreff\"").hasMessageContaining("text, kind");
    }

    @Test
    void moreHeldBackThanThereAreIsRefusedWithWhatCouldBe() throws Exception {
        OwnRows rows = OwnRows.read(letters(30));
        Template template = Objects.requireNonNull(rows.preview().mapping()).template();
        MissionDraft draft = new MissionDraft("letters", "Tell.", "nano", template, Metric.ACCURACY, null, 20, 8, 60);
        assertThatThrownBy(() -> rows.write(draft, folder.resolve("missions"))).isInstanceOf(BrokenData.class)
                .hasMessageContaining("there are 30: hold back at most 10");
        assertThat(folder.resolve("missions")).doesNotExist();
    }

    @Test
    void aModelThatIsNotThereLeavesNoFolderBehind() throws Exception {
        OwnRows rows = OwnRows.read(letters(60));
        Template template = Objects.requireNonNull(rows.preview().mapping()).template();
        MissionDraft draft = new MissionDraft("letters", "Tell.", "no-such-model", template, Metric.ACCURACY, null, 6, 8, 60);
        assertThatThrownBy(() -> rows.write(draft, folder.resolve("missions"))).isInstanceOf(BadMission.class)
                .hasMessageContaining("neither in the catalogue");
        assertThat(folder.resolve("missions")).isEmptyDirectory();
    }

    private MissionDraft draft(String name, Template template, @Nullable String test) {
        return new MissionDraft(name, "Tell bills from other letters.", "nano", template, Metric.ACCURACY, test, 6, 8, 600);
    }

    private Path letters(int count) throws IOException {
        return Files.writeString(folder.resolve("letters.csv"), "text,kind\n" + IntStream.range(0, count)
                .mapToObj(i -> "the letter number " + i + " of " + i * 7919 + "," + i % 2 + "\n").collect(Collectors.joining()));
    }

    private void refused(String name, String text, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        assertThatThrownBy(() -> OwnRows.read(file)).isInstanceOf(BrokenData.class).hasMessageContaining(sentence);
    }
}
