package trex.model;

/// Which of the states that a run goes through is its result.
///
/// @param patience validations without a better score after which training ends; 0 never
/// @param averaged newest validated states whose mean is measured as one more candidate at the
///     end; 0 and 1 none
public record Selection(int patience, int averaged) {
    /// The best validated state of the whole run.
    public static final Selection BEST = new Selection(0, 0);

    public Selection {
        if (patience < 0 || patience > 100) {
            throw new IllegalArgumentException("recipe: patience must be 0..100, got " + patience);
        }
        if (averaged < 0 || averaged > 100) {
            throw new IllegalArgumentException("recipe: averaged must be 0..100, got " + averaged);
        }
    }

    public Selection withPatience(int changed) {
        return new Selection(changed, averaged);
    }

    public Selection withAveraged(int changed) {
        return new Selection(patience, changed);
    }
}
