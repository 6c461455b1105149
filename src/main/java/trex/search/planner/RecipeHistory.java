package trex.search.planner;

import java.util.ArrayList;
import java.util.List;
import trex.model.Direction;
import trex.model.ExperimentTree;
import trex.model.Score;
import trex.search.Trial;

/// Turns a tree into the history of its recipe space.
public final class RecipeHistory {
    private RecipeHistory() {}

    /// Scored variants with their values (turned so that higher is better), bad ones, pending ones.
    public static History of(ExperimentTree tree, RecipeSpace space) {
        List<History.Observation> observed = new ArrayList<>();
        List<Point> failed = new ArrayList<>();
        List<Point> pending = new ArrayList<>();
        for (Trial trial : Trial.of(tree)) {
            Point point = space.point(trial.recipe());
            Score score = trial.score();
            if (score != null) {
                observed.add(new History.Observation(point, upward(score)));
            } else if (trial.fate() == Trial.Fate.BAD) {
                failed.add(point);
            } else if (trial.fate() == Trial.Fate.PENDING) {
                pending.add(point);
            }
        }
        return new History(observed, failed, pending);
    }

    /// The score's value, negated where lower is better.
    public static double upward(Score score) {
        return score.metric().better() == Direction.HIGHER ? score.value() : -score.value();
    }
}
