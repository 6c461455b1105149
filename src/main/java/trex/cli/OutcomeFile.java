package trex.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import trex.json.Json;
import trex.loop.Studies;
import trex.model.Metric;
import trex.model.RoundCount;
import trex.model.Score;
import trex.model.StudyResult;

/// The outcome of a study for scripts, as `--json FILE` writes it.
record OutcomeFile(
        String metric, Scores baseline, @Nullable BestScores best, RoundCount rounds, double seconds, String report) {
    /// A score without its metric.
    record Value(double value, double standardError, int n) {
        static @Nullable Value of(@Nullable Score score) {
            return score == null ? null : new Value(score.value(), score.standardError(), score.n());
        }
    }

    record Scores(@Nullable Value validation, @Nullable Value test) {}

    record BestScores(int node, @Nullable Value validation, @Nullable Value test) {}

    static OutcomeFile of(Metric metric, StudyResult result, RoundCount rounds, Path report) {
        StudyResult.Best best = result.best();
        return new OutcomeFile(
                metric.id(),
                new Scores(Value.of(result.baseline().validation()), Value.of(result.baseline().test())),
                best == null
                        ? null
                        : new BestScores(best.node().value(), Value.of(best.validation()), Value.of(best.test())),
                rounds,
                result.seconds(),
                report.toString());
    }

    void write(Path file) throws Studies.Refused {
        writeJson(file, this);
    }

    /// Writes `value` whole or not at all.
    static void writeJson(Path file, Object value) throws Studies.Refused {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(beside, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Studies.Refused("The JSON file " + file + " cannot be written: " + Faults.sentence(e), e);
        }
    }

    /// Refuses early what could not be written hours later.
    static void refuseUnwritable(@Nullable Path file) throws Studies.Refused {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new Studies.Refused("The JSON file " + file + " cannot be written: " + folder
                    + " is no folder that can be written to.");
        }
        if (Files.isDirectory(file)) {
            throw new Studies.Refused("The JSON file " + file + " cannot be written: it is a folder.");
        }
    }
}
