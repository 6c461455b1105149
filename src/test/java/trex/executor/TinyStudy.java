package trex.executor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import trex.fetch.ModelCatalogue;
import trex.fetch.Sha256;
import trex.fetch.Unavailable;
import trex.json.Json;
import trex.model.Budget;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.DataSource;
import trex.model.Example;
import trex.model.LoraTargets;
import trex.model.LossOn;
import trex.model.Method;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.ModelFiles;
import trex.model.Optimization;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.RunId;
import trex.model.RunRequest;
import trex.model.Schedule;
import trex.model.SealedSplit;
import trex.model.SealedSplits;
import trex.model.Split;
import trex.model.StudyId;
import trex.model.TaskData;
import trex.model.Template;
import trex.model.Work;

/// A mission on the embedded model that a few steps learn: is the word a colour or a number?
final class TinyStudy {
    private static final List<String> COLOURS = List.of("red", "blue", "green", "black", "white", "grey");
    private static final List<String> NUMBERS = List.of("one", "two", "three", "four", "five", "six");

    private final Path folder;
    final Recipe recipe = new Recipe(new DataRecipe(List.of(new DataOperator.Sample(64))),
            new Method.Lora(4, 8, LoraTargets.ALL_LINEAR),
            new Optimization(1e-2, 1, 8, 1, 0, Schedule.CONSTANT, 0, 1),
            LossOn.COMPLETION, 32, 2, Precision.FP32, 3);

    TinyStudy(Path folder) {
        this.folder = folder;
    }

    static Path model() {
        return Path.of("assets", "nano").toAbsolutePath();
    }

    /// Skips a test where the model is not there.
    static void assumeModel() {
        assumeTrue(Files.exists(model()), "the embedded model is not in this checkout");
    }

    static String digest(Path model) throws IOException {
        try {
            return Sha256.of(ModelCatalogue.filesOf(model));
        } catch (Unavailable e) {
            throw new IOException(e);
        }
    }

    RunRequest request(String run, Work work) throws IOException {
        return request(run, work, model());
    }

    /// @param model a folder with the embedded model or what has become of it
    RunRequest request(String run, Work work, Path model) throws IOException {
        Template template = new Template(null, "{text}\nKind:", "{kind}", Map.of(),
                List.of(" colour", " number"), false);
        DataSource rows = new DataSource("rows.tsv", null, "tsv");
        Mission mission = new Mission("tiny", "tell colours from numbers", "nano",
                new TaskData(List.of(rows), rows, null, rows, template),
                Metric.ACCURACY, new Budget(3, 60, 1000), Map.of(), recipe, 7);
        SealedSplits splits = new SealedSplits(split(Split.TRAIN, 96), split(Split.VALIDATION, 24), split(Split.TEST, 24), 0);
        return new RunRequest(new RunId(run), new StudyId("tiny"), mission,
                new ModelFiles("nano", model.toString(), digest(model)), splits, work, "cpu");
    }

    private SealedSplit split(Split split, int count) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = i % 2 == 0 ? COLOURS : NUMBERS;
            String word = words.get(i / 2 % words.size());
            String next = words.get((i / 12 + split.ordinal() + 1) % words.size());
            Example example = new Example(split + ":" + i, null, word + " " + next + "\nKind:",
                    i % 2 == 0 ? " colour" : " number");
            lines.add(Json.mapper().writeValueAsString(example));
        }
        Path file = folder.resolve(split + ".jsonl");
        Files.write(file, lines);
        return new SealedSplit(split, file.toString(), count, FolderDigest.ofFile(file));
    }
}
