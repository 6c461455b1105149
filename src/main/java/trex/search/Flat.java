package trex.search;

import java.util.List;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.NodeId;

/// No tree: every proposal departs from the baseline. What it is worth depends on who proposes:
/// at random, by TPE or by expected improvement of a Gaussian process.
///
/// @param id names the control, for example `flat-random`
public record Flat(String id) implements SearchPolicy {
    public static final String RANDOM = "flat-random";
    public static final String TPE = "flat-tpe";
    public static final String GAUSSIAN_PROCESS = "flat-gp";

    @Override
    public Choice select(ExperimentTree tree) {
        return new Choice(NodeId.BASELINE, "flat: every proposal departs from the baseline", List.of());
    }
}
