package trex.loop;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import trex.model.ExperimentTree;
import trex.model.Insight;
import trex.model.Mission;
import trex.model.StudySettings;
import trex.search.SearchPolicy;

/// What a study's loop works with.
///
/// @param policies makes the policy that the settings name
/// @param insights reads the lessons off a tree
/// @param disk that the runner's folders are on
/// @param devices shared by all studies of the program
/// @param clock tells how long a run has been going
public record Ports(
        StudyStore store,
        Preparation preparation,
        Researcher researcher,
        Policies policies,
        Function<ExperimentTree, List<Insight>> insights,
        RecipeRunner runner,
        Disk disk,
        Devices devices,
        InstantSource clock) {

    /// Makes search policies.
    @FunctionalInterface
    public interface Policies {
        /// @throws IllegalArgumentException for a name that no policy has
        SearchPolicy policy(StudySettings settings, Mission mission);
    }
}
