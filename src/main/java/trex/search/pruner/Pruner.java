package trex.search.pruner;

import java.util.List;
import java.util.Optional;

/// Judges a training after each measurement but the last.
public interface Pruner {
    /// The name in settings, for example `median`.
    String id();

    /// Validations that a training needs at least for this rule to be of use; 1 where it takes what there are.
    default int validations() {
        return 1;
    }

    /// Why the training need not go on; nothing where it shall.
    ///
    /// @param own what was measured of it so far
    /// @param others the other trainings of the study, as far as they came
    Optional<String> verdict(Curve own, List<Curve> others);
}
