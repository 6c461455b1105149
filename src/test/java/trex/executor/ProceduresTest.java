package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trex.data.MissionFile;
import trex.fetch.Places;
import trex.model.FailureKind;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.Prepared;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.StudyId;
import trex.model.Work;

/// Every procedure on the embedded model, from a mission's file to a measured checkpoint.
class ProceduresTest {
    private static final String PAIRS =
            "\"template\": {\"prompt\": \"{q}\", \"answer\": \"{chosen}\", \"rejected\": \"{rejected}\", \"chat\": false}}, \"metric\": \"preference_accuracy\"";
    private static final String RATED =
            "\"template\": {\"prompt\": \"{q}\", \"answer\": \"{chosen}\", \"rating\": \"{good}\", \"chat\": false}}, \"metric\": \"preference_accuracy\"";
    private static final String PLAIN =
            "\"template\": {\"prompt\": \"\", \"answer\": \"{q}\", \"chat\": false}}, \"metric\": \"loss\"";

    @TempDir
    Path home;

    private final List<RunEvent> heard = new ArrayList<>();

    @BeforeEach
    void askForTheModel() {
        TinyStudy.assumeModel();
    }

    @ParameterizedTest
    @CsvSource({"pairs, supervised", "pairs, dpo", "pairs, ipo", "pairs, simpo", "pairs, kto", "rated, kto",
        "plain, continued_pretraining"})
    void aProcedureEndsWithAMeasuredCheckpoint(String form, String procedure) throws Exception {
        Mission mission = mission(form, procedure);
        RunOutcome.Completed done = (RunOutcome.Completed) carryOut(mission, mission.start());
        assertThat(done.score().n()).isEqualTo(12);
        assertThat(done.score().metric()).isEqualTo(form.equals("plain") ? Metric.LOSS : Metric.PREFERENCE_ACCURACY);
        assertThat(done.checkpoint()).isNotNull();
        boolean scored = List.of("dpo", "ipo", "kto").contains(procedure);
        assertThat(heard).filteredOn(e -> e instanceof RunEvent.Phase(String text, _) && text.startsWith("scoring"))
                .hasSizeGreaterThanOrEqualTo(scored ? 2 : 0).hasSizeLessThan(scored ? 99 : 1);
    }

    @Test
    void plainTextBecomesLikelierByGoingOnWithIt() throws Exception {
        Mission mission = mission("plain", "continued_pretraining");
        RunOutcome.Completed before = (RunOutcome.Completed) carryOut(mission, new Work.Measure(null, trex.model.Split.VALIDATION), "base");
        RunOutcome.Completed after = (RunOutcome.Completed) carryOut(mission,
                mission.start().withOptimization(mission.start().optimization().withEpochs(4)));
        assertThat(after.score().beats(before.score())).isTrue();
        assertThat(after.score().value()).isLessThan(0.8 * before.score().value());
    }

    @Test
    void aRecipeThatDoesNotFitTheRowsIsRefusedInOneSentence() throws Exception {
        Mission mission = mission("plain", "continued_pretraining");
        Recipe other = RecipeField.named("procedure").with(mission.start(), "dpo");
        assertThatThrownBy(() -> carryOut(mission, other)).isInstanceOfSatisfying(WorkFailed.class, e -> {
            assertThat(e.kind()).isEqualTo(FailureKind.INPUT);
            assertThat(e).hasMessage("The recipe does not fit the data: the procedure dpo cannot learn from rows with plain text; "
                    + "choose continued_pretraining");
        });
    }

    private Mission mission(String form, String procedure) throws Exception {
        String template = Map.of("pairs", PAIRS, "rated", RATED, "plain", PLAIN).get(form);
        Files.writeString(home.resolve("train.jsonl"), rows(48, 1));
        Files.writeString(home.resolve("validation.jsonl"), rows(12, 2));
        Files.writeString(home.resolve("test.jsonl"), rows(12, 3));
        String start = form.equals("plain") ? "{\"kind\": \"continuedPretraining\"}"
                : form.equals("rated") ? "{\"kind\": \"kto\", \"beta\": 0.1, \"desirable\": 1, \"undesirable\": 1}"
                : "{\"kind\": \"supervised\"}";
        Path file = Files.writeString(home.resolve("mission.json"), """
                {"name": "tiny", "goal": "learn", "baseModel": "%s",
                 "data": {"train": [{"location": "train.jsonl"}], "validation": {"location": "validation.jsonl"},
                          "test": {"location": "test.jsonl"}, %s,
                 "budget": {"rounds": 1, "seconds": 60},
                 "start": {"procedure": %s, "maxLength": 32, "precision": "fp32",
                           "optimization": {"learningRate": 0.003, "batchSize": 8}}}
                """.formatted(TinyStudy.model(), template, start));
        Mission mission = MissionFile.read(file);
        Recipe recipe = RecipeField.named("procedure").with(mission.start(), procedure);
        return new Mission(mission.name(), mission.goal(), mission.baseModel(), mission.data(), mission.metric(),
                mission.budget(), mission.space(), recipe, mission.seed());
    }

    private RunOutcome carryOut(Mission mission, Recipe recipe) throws Exception {
        return carryOut(mission, new Work.Train(recipe), "run");
    }

    private RunOutcome carryOut(Mission mission, Work work, String run) throws Exception {
        StudyId study = new StudyId("tiny");
        Places places = Places.of(home, Path.of("").toAbsolutePath(), Map.of());
        Prepared prepared = new LocalPreparation(places).prepare(study, mission, _ -> {});
        JobFolder job = JobFolder.of(home, study, new RunId(run));
        RunRequest request = new RunRequest(new RunId(run), study, mission, prepared.model(), prepared.splits(), work);
        job.specify(request);
        Attempt attempt = job.attempt(1);
        assertThat(attempt.create()).isTrue();
        return new FineTuning(home).carryOut(new Assignment(job, attempt, heard::add));
    }

    /// Names in a row, of which the better answer repeats the first.
    private static String rows(int count, int seed) {
        List<String> names = List.of("oak", "elm", "ash", "fir", "yew", "box", "fig", "bay");
        Random random = new Random(seed);
        return java.util.stream.IntStream.range(0, count).mapToObj(i -> {
            String first = names.get(random.nextInt(names.size()));
            String other = names.get((names.indexOf(first) + 1 + random.nextInt(names.size() - 1)) % names.size());
            String text = random.ints(6, 0, names.size()).mapToObj(names::get).collect(Collectors.joining(" "));
            return "{\"q\": \"%s %s %d\", \"chosen\": \"%s\", \"rejected\": \"%s\", \"good\": %b}\n"
                    .formatted(first, text, seed * 1000 + i, first, other, i % 2 == 0);
        }).collect(Collectors.joining());
    }
}
