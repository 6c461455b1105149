package trex.model;

import java.util.List;

/// What a mission's data gives, before a study starts. Of the test split only the number of rows is
/// told.
///
/// @param trainRows training rows after the cut
/// @param removedFromTrain training rows left out because they stand in another split too
/// @param removedFromValidation validation rows left out because they stand in the test split too
/// @param profile facts about the training rows
/// @param first the first training rows as the mission's template makes them
public record MissionPreview(
        int trainRows,
        int validationRows,
        int testRows,
        int removedFromTrain,
        int removedFromValidation,
        DataProfile profile,
        List<Example> first) {
    public MissionPreview {
        first = List.copyOf(first);
    }
}
