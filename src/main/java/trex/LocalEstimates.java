package trex;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trex.cli.EstimateDesk;
import trex.data.BadMission;
import trex.data.MissionFile;
import trex.executor.Estimate;
import trex.executor.Estimator;
import trex.executor.WorkerSettings;
import trex.fetch.Places;
import trex.json.Json;
import trex.loop.Preparation;
import trex.loop.Studies;
import trex.model.Mission;
import trex.model.Recipe;
import trex.model.RunEvent;

/// Estimates for files of missions and recipes.
///
/// @param root folder of the program's own files
/// @param settings how workers use the machine
record LocalEstimates(Path root, WorkerSettings settings) implements EstimateDesk {
    @Override
    public Estimate estimate(Path home, Path mission, @Nullable Path recipe, Consumer<RunEvent> progress)
            throws Studies.Refused, InterruptedException {
        try {
            Mission read = MissionFile.read(mission);
            Recipe asked = recipe == null ? read.start() : Json.mapper().readValue(recipe.toFile(), Recipe.class);
            return new Estimator(Places.of(home, root, System.getenv()), settings).of(read, asked, progress);
        } catch (BadMission | Preparation.Unprepared e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Studies.Refused("the recipe file " + recipe + " cannot be read: " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
    }
}
