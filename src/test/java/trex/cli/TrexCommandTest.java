package trex.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.bench.Gemm;
import trex.executor.Estimate;
import trex.json.Json;
import trex.loop.Studies;
import trex.model.Approval;
import trex.model.Method;
import trex.model.SampleStudy;
import trex.model.StudyState;
import trex.model.Verdict;

@Timeout(30)
class TrexCommandTest {
    @TempDir Path folder;

    private final ScriptedStudies studies = new ScriptedStudies();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String typed = "";
    private @Nullable Estimate estimate;
    private final DataDesk desk = DataDesk.CLOSED;
    private HomeFolder homes = _ -> studies;

    private int trex(String... arguments) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                new TypedLines(new BufferedReader(new StringReader(typed))));
        Wiring wiring = new Wiring(folder, folder, homes, (_, _, _) -> {}, List.of(new TenthBench()),
                () -> new Gemm(512, 100, null),
                _ -> desk,
                (_, _, _, _) -> {
                    if (estimate == null) {
                        throw new Studies.Refused("The recipe needs more memory than there is");
                    }
                    return estimate;
                });
        return TrexCommand.line(wiring, terminal).execute(arguments);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String faults() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path mission() throws IOException {
        return Files.writeString(folder.resolve("task.json"), "{}");
    }

    @Test
    void theVersionIsTheBuilds() throws IOException {
        trex("--version");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + printed().strip().replace("TREX Workbench ", "") + "</version>\n  <name>");
    }

    @Test
    void aFinishedStudyPrintsBothScoresAndItsReportAndEndsWithZero() throws IOException {
        assertThat(trex("run", "--mission", mission().toString())).isZero();
        assertThat(printed())
                .contains("#1 from #0  completed  0.800 ± 0.040  rank 8 → 16")
                .contains("baseline", "0.110 ± 0.031 (n=100)")
                .contains("best, #1", "0.780 ± 0.041 (n=100)")
                .contains("+0.670", "beyond two standard errors")
                .contains("report  /studies/dates-261125-041233/report.html");
        assertThat(faults()).isEmpty();
        assertThat(studies.closed).isTrue();
    }

    @Test
    void anEstimateSaysTimeMemoryAndDiskAndWhereItComesFrom() throws IOException {
        estimate = new Estimate(4, 500, 21, 1000, 300L << 20, 9L << 20, 1L << 20, 12,
                List.of("Precision fp32: as fast as it gets"));
        assertThat(trex("estimate", "--mission", mission().toString())).isZero();
        assertThat(printed())
                .contains("time    8:45 min: start 4.0 s, 1,000 examples 8:20 min, measuring 21.0 s")
                .contains("memory  300 MiB at its peak")
                .contains("disk    9 MiB while it runs, 1 MiB afterwards")
                .contains("chosen  Precision fp32: as fast as it gets")
                .contains("learnt just now from a few steps, in 12.0 s, and kept");
        assertThat(faults()).isEmpty();
    }

    @Test
    void anEstimateThatCannotBeMadeEndsWithItsSentence() throws IOException {
        assertThat(trex("estimate", "--mission", mission().toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).isEqualToIgnoringNewLines("The recipe needs more memory than there is");
    }

    @Test
    void theOutcomeForScriptsHasTheAgreedFields() throws IOException {
        Path file = folder.resolve("outcome.json");
        assertThat(trex("run", "--mission", mission().toString(), "--json", file.toString())).isZero();
        JsonNode outcome = Json.mapper().readTree(file.toFile());
        assertThat(outcome).isEqualTo(Json.mapper().readTree("""
                {"metric": "exact_match",
                 "baseline": {"validation": {"value": 0.12, "standardError": %s, "n": 100},
                              "test": {"value": 0.11, "standardError": %s, "n": 100}},
                 "best": {"node": 1, "validation": {"value": 0.8, "standardError": %s, "n": 100},
                          "test": {"value": 0.78, "standardError": %s, "n": 100}},
                 "rounds": {"completed": 1, "failed": 0, "pruned": 0, "rejected": 0, "skipped": 0},
                 "seconds": 123.4,
                 "report": "/studies/dates-261125-041233/report.html"}
                """.formatted(SampleStudy.score(12).standardError(), SampleStudy.score(11).standardError(),
                SampleStudy.score(80).standardError(), SampleStudy.score(78).standardError())));
    }

    @Test
    void withoutAScreenProposalsAreApprovedByThemselvesUnlessSaidOtherwise() throws IOException {
        trex("run", "--mission", mission().toString());
        assertThat(studies.started).isNotNull().extracting(s -> s.approval()).isEqualTo(Approval.AUTO);
        trex("run", "--mission", mission().toString(), "--approve", "90");
        assertThat(studies.started).isNotNull().extracting(s -> s.approval()).isEqualTo(Approval.after(90));
    }

    @Test
    void aProposalIsShownWithEvidenceDifferenceAndCostBeforeItIsApproved() throws IOException {
        studies.asks = true;
        typed = "a\n";
        assertThat(trex("run", "--mission", mission().toString(), "--approve", "ask")).isZero();
        assertThat(printed()).contains("A higher rate learns faster.", "Adapters take ten times the rate.",
                "arXiv 2106.09685", "rank 8 → 16", "about 0:20");
        assertThat(studies.verdicts).hasExactlyElementsOfTypes(Verdict.Approved.class);
    }

    @Test
    void anEditedProposalIsApprovedAsEditedAndABadValueIsAskedAgain() throws IOException {
        studies.asks = true;
        typed = "what\ne rank=100000\ne learningRate=2e-3 rank=32\na\n";
        assertThat(trex("run", "--mission", mission().toString(), "--approve", "ask")).isZero();
        assertThat(printed()).contains("rank must be 1..512, got 100000", "learningRate 1e-3 → 2e-3");
        Verdict.Approved approved = (Verdict.Approved) studies.verdicts.getFirst();
        assertThat(approved.strategy().variants().getFirst().method()).isInstanceOfSatisfying(
                Method.Lora.class, lora -> assertThat(lora.rank()).isEqualTo(32));
    }

    @Test
    void aRejectionCarriesItsReason() throws IOException {
        studies.asks = true;
        typed = "r\nr too large for this machine\n";
        trex("run", "--mission", mission().toString(), "--approve", "ask");
        assertThat(studies.verdicts).containsExactly(new Verdict.Rejected("too large for this machine"));
    }

    @Test
    void whenNobodyCanAnswerTheStudyStopsAndSaysHowToGoOn() throws IOException {
        studies.asks = true;
        assertThat(trex("run", "--mission", mission().toString(), "--approve", "ask")).isEqualTo(ExitCode.STOPPED);
        assertThat(faults()).contains("--approve auto", "trex resume dates-261125-041233");
    }

    @Test
    void aStudyThatFailsEndsWithOneAndItsReason() throws IOException {
        studies.fails = true;
        assertThat(trex("run", "--mission", mission().toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("The disk /home is full.", "trex resume");
    }

    @Test
    void aStudyOfWhichNoRoundCameToAScoreEndsWithOneAndTheFirstReason() throws IOException {
        studies.fruitless = true;
        assertThat(trex("run", "--mission", mission().toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(faults().strip())
                .isEqualTo("No round came to a score; the first one: #1 failed while training: the loss is no number");
    }

    @Test
    void aMissingMissionFileIsNamedInOneSentence() {
        assertThat(trex("run", "--mission", "/no/where.json")).isEqualTo(ExitCode.REFUSED);
        assertThat(faults().strip()).isEqualTo("The mission file /no/where.json is not there.");
        assertThat(studies.closed).isTrue();
    }

    @Test
    void aHomeFolderInUseIsRefused() {
        homes = home -> {
            throw new Studies.Refused("Another TREX Workbench uses " + home + ".");
        };
        assertThat(trex("studies")).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("Another TREX Workbench uses " + folder);
    }

    @Test
    void anUnwritableOutcomeFileIsRefusedBeforeTheStudyStarts() throws IOException {
        assertThat(trex("run", "--mission", mission().toString(), "--json", "/no/where/out.json"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("/no/where");
        assertThat(studies.started).isNull();
    }

    @Test
    void aModelThatIsNotThereIsNotExported() throws IOException {
        trex("run", "--mission", mission().toString());
        String study = SampleStudy.ID.value();
        assertThat(trex("export", study, "7", "--to", folder.resolve("out").toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("Study " + study + " has no node \"7\"; it has #0 to #1, or say best");
        assertThat(trex("export", study, "best", "--to", "out", "--format", "onnx")).isEqualTo(ExitCode.USAGE);
        assertThat(faults()).contains("known are peft, hf, gguf-f16, gguf-q8_0");
    }

    @Test
    void aChatRefusesSettingsThatMakeNoSenseAndStudiesThatAreNotThere() {
        assertThat(trex("chat", "nano", "--top-p", "0")).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("top-p must be above 0 and at most 1, got 0.0");
        assertThat(trex("chat", "no-study/best")).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("No study \"no-study\"");
    }

    @Test
    void wrongUsageIsOneLineAndEndsWithTwo() {
        assertThat(trex("run")).isEqualTo(ExitCode.USAGE);
        assertThat(faults()).contains("--mission").contains("trex run --help").hasLineCount(1);
        assertThat(trex("runn")).isEqualTo(ExitCode.USAGE);
        assertThat(trex("run", "--mission", "x", "--approve", "perhaps")).isEqualTo(ExitCode.USAGE);
        assertThat(faults()).contains("approval must be ask, auto or a number of seconds");
    }

    @Test
    void aDeviceThatMakesNoSenseIsRefusedByName() throws IOException {
        assertThat(trex("run", "--mission", mission().toString(), "--device", "tpu")).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("tpu");
    }

    @Test
    void moreRunsAtATimeThanDevicesAreRefusedAndAsManyAreNot() throws IOException {
        assertThat(trex("run", "--mission", mission().toString(), "--parallel", "2")).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("parallel must be 1 on cpu, which carries out one run at a time, got 2");
        assertThat(trex("run", "--mission", mission().toString(), "--device", "cuda:0,cuda:1", "--parallel", "2")).isZero();
        assertThat(studies.started).isNotNull().extracting(s -> s.parallel()).isEqualTo(2);
    }

    @Test
    void devicesListsTheProcessorAndTheNumericLibrary() {
        assertThat(trex("devices")).isZero();
        assertThat(printed()).startsWith("cpu ").contains("Numeric library: for ");
    }

    @Test
    void resumeWithoutANameTakesTheNewestUnfinishedStudy() {
        studies.known.add(SampleStudy.study(StudyState.STOPPED, null));
        assertThat(trex("resume")).isZero();
    }

    @Test
    void resumeOfAFinishedOrUnknownStudySaysSo() {
        assertThat(trex("resume")).isEqualTo(ExitCode.REFUSED);
        studies.known.add(SampleStudy.study(StudyState.FINISHED, SampleStudy.result()));
        assertThat(trex("resume", SampleStudy.ID.value())).isEqualTo(ExitCode.REFUSED);
        assertThat(trex("resume", "nothing")).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("is finished", "No study \"nothing\"", SampleStudy.ID.value());
    }

    @Test
    void studiesWorkersStopAndReportAnswer() {
        studies.known.add(SampleStudy.study(StudyState.STOPPED, null));
        assertThat(trex("studies")).isZero();
        assertThat(trex("workers")).isZero();
        assertThat(trex("stop", "dates-2")).isZero();
        assertThat(trex("report", SampleStudy.ID.value())).isZero();
        assertThat(printed()).contains("stopped", "dates-1", "asked dates-2 to stop", "report.html");
        assertThat(studies.stopped).extracting(Object::toString).containsExactly("dates-2");
        assertThat(trex("stop", "dates-9")).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void aBenchmarkPrintsItsTableAndWritesItsJson() throws IOException {
        Path file = folder.resolve("bench.json");
        assertThat(trex("bench", "tenth", "--json", file.toString())).isZero();
        assertThat(printed()).contains("matrix product of 512", "a tenth");
        assertThat(Json.mapper().readTree(file.toFile()).at("/machine/gemm/fp32").doubleValue()).isEqualTo(100);
        assertThat(trex("bench", "eleventh")).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("No benchmark \"eleventh\"; there are tenth.");
        assertThat(trex("bench", "tenth", "--seconds", "5")).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("bench tenth has but one size");
    }

    @Test
    void aBundleNeverReplacesAFileAndReproducingRefusesWhatIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("old.zip"), "precious");
        assertThat(trex("bundle", "dates-1", file.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("is already there");
        assertThat(file).hasContent("precious");
        assertThat(trex("reproduce", file.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(faults()).contains("The bundle " + file + " cannot be read");
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(trex("--help")).isZero();
        assertThat(printed()).contains("demo", "run", "resume", "studies", "report", "workers", "stop", "window", "bench",
                "export", "chat", "bundle", "reproduce", "data", "estimate");
    }

    @Test
    void aFieldThatIsWrittenOutTakesTheRestOfTheAnswer() {
        assertThat(Answer.of("e 2:filterPattern=drop https?://, or www"))
                .isEqualTo(new Answer.Edit(List.of(new Answer.Change(2, "filterPattern", "drop https?://, or www"))));
        assertThat(Answer.of("e weightSources=a.tsv=3, b.tsv=1"))
                .isEqualTo(new Answer.Edit(List.of(new Answer.Change(0, "weightSources", "a.tsv=3, b.tsv=1"))));
        assertThat(Answer.of("e rank=4, alpha=8")).isEqualTo(
                new Answer.Edit(List.of(new Answer.Change(0, "rank", "4"), new Answer.Change(0, "alpha", "8"))));
    }

    @Test
    void anAnswerWithoutASensibleVariantIsRefused() {
        Answer.Edit edit = (Answer.Edit) Answer.of("e 3:rank=4");
        assertThatIllegalArgumentException().isThrownBy(() -> edit.of(SampleStudy.strategy(SampleStudy.recipe())))
                .withMessageContaining("no variant 3");
    }

    @Test
    void enginesAreListedWithSizeFolderAndLicences() {
        assertThat(trex("engine")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("cuda: PyTorch 2.7.1 with CUDA 12.6",
                "would be installed in " + folder.resolve("engines/cu126"), "4.4 GB on disk, from 14 files of 2.8 GB together",
                "https://docs.nvidia.com/cuda/eula/", "trex engine install cuda");
    }

    @Test
    void theHomeFolderOfAnEngineMayBeNamedBeforeItsSubcommandToo() {
        Path other = folder.resolve("other");
        assertThat(trex("engine", "--home", other.toString(), "install", "cuda")).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("would be installed in " + other.resolve("engines/cu126"));
        assertThat(trex("engine", "--home", other.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("trex engine install cuda --home " + other);
    }

    @Test
    void noEngineIsDownloadedWithoutAgreement() {
        typed = "no\n";
        assertThat(trex("engine", "install", "cuda", "--home", folder.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Nothing was installed");
        typed = "";
        assertThat(trex("engine", "install", "cuda")).isEqualTo(ExitCode.REFUSED);
        assertThat(folder.resolve("engines")).doesNotExist();
    }

    @Test
    void anEngineThatIsNoneIsRefused() {
        assertThat(trex("engine", "install", "rocm", "--accept")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no engine \"rocm\", only cuda");
        assertThat(trex("engine", "remove", "cuda")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("cuda was not installed.");
    }

    /// A benchmark that measures nothing.
    private static final class TenthBench implements Bench {
        @Override
        public String name() {
            return "tenth";
        }

        @Override
        public String description() {
            return "A tenth.";
        }

        @Override
        public List<BenchRow> run(Consumer<String> progress) {
            return List.of(BenchRow.of("a tenth", 0.1, "1"));
        }
    }
}
