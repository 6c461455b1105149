package trex.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One search over one mission, as the store knows it.
///
/// @param prepared null until the model is here and the splits are sealed
/// @param result null until the study is finished
public record Study(
        StudyId id,
        Mission mission,
        StudySettings settings,
        StudyState state,
        Instant created,
        @Nullable Prepared prepared,
        Spending spending,
        @Nullable StudyResult result) {}
