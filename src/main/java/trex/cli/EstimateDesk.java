package trex.cli;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trex.executor.Estimate;
import trex.loop.Studies;
import trex.model.RunEvent;

/// Predicts what a recipe takes on this machine.
@FunctionalInterface
public interface EstimateDesk {
    /// Where estimates have no part.
    EstimateDesk CLOSED = (_, mission, _, _) -> {
        throw new Studies.Refused(mission + " cannot be estimated here");
    };

    /// @param home the program's home folder
    /// @param recipe a recipe file, or null for the one that the mission starts from
    /// @param progress what is being done meanwhile
    /// @throws Studies.Refused where a file is wrong, or the machine cannot carry the recipe out
    Estimate estimate(Path home, Path mission, @Nullable Path recipe, Consumer<RunEvent> progress)
            throws Studies.Refused, InterruptedException;
}
