package trex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trex.model.DataProfile;
import trex.model.Example;
import trex.model.Mission;
import trex.model.Template;

class ProfilerTest {
    private static final Template FREE = new Template(null, "{q}", "{a}", Map.of(), List.of(), false);

    private static TextExample row(int number, String prompt, String answer) {
        return new TextExample(new Example("t:" + number, null, prompt, answer), NormalText.of(prompt));
    }

    private static String words(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(Integer.toString(36 * 36 + random.nextInt(1 << 20), 36)).append(' ');
        }
        return text.toString().strip();
    }

    @Test
    void rowsThatNearlyRepeatAnEarlierOneAndHaveItsAnswerAreCounted() throws Exception {
        Random random = new Random(3);
        List<TextExample> rows = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            rows.add(row(i, words(random, 40), "answer " + i));
        }
        for (int i = 0; i < 20; i++) {
            rows.add(row(80 + i, rows.get(i).example().prompt() + " indeed", i < 15 ? "answer " + i : "another answer"));
        }
        DataProfile profile = Profiler.profile(rows, FREE);
        assertThat(profile.nearDuplicateShare()).isCloseTo(0.15, within(1e-9));
        assertThat(profile.duplicateShare()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dates", "units"})
    void theShippedTasksOfFreeTextHaveFewNearRepeats(String task) throws Exception {
        Mission mission = MissionFile.read(Path.of("ft-bench", task, "task.json").toAbsolutePath());
        ExampleMaker maker = new ExampleMaker(mission.data().template());
        List<TextExample> rows = new ArrayList<>();
        for (Row row : new RowReader().read(Path.of(mission.data().train().getFirst().location()), "tsv")) {
            rows.add(maker.make(row));
        }
        assertThat(Profiler.profile(rows, mission.data().template()).nearDuplicateShare()).isLessThan(0.05);
    }
}
