package trex.search;

import java.util.List;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.NodeId;
import trex.search.planner.Screen;

/// No tree and no playbook: every proposal departs from the baseline, drawn at random, by TPE or by
/// the expected improvement of a Gaussian process.
///
/// @param id names the control, for example `flat-random`
/// @param proposing how recipes are drawn
public record Flat(String id, Proposing proposing) implements SearchPolicy {
    public static final String RANDOM = "flat-random";
    public static final String TPE = "flat-tpe";
    public static final String GAUSSIAN_PROCESS = "flat-gp";

    public static Flat random() {
        return new Flat(RANDOM, Proposing.alone(Screen.BLIND));
    }

    public static Flat parzen() {
        return new Flat(TPE, Proposing.alone(Screen.PARZEN));
    }

    public static Flat gaussianProcess() {
        return new Flat(GAUSSIAN_PROCESS, Proposing.alone(Screen.EXPECTED_IMPROVEMENT));
    }

    @Override
    public Choice select(ExperimentTree tree) {
        return new Choice(NodeId.BASELINE, "flat: every proposal departs from the baseline", List.of());
    }
}
