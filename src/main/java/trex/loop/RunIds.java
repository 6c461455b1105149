package trex.loop;

import trex.model.NodeId;
import trex.model.RunId;
import trex.model.StudyId;

/// Names runs after what they do, so that a restarted loop finds them again.
public final class RunIds {
    private RunIds() {}

    /// The first run of a variant.
    static RunId variant(StudyId study, NodeId node, int variant) {
        return of(study, node, "v" + variant);
    }

    /// The variant once more with another seed.
    ///
    /// @param repeat 1 for the first
    static RunId repeat(StudyId study, NodeId node, int variant, int repeat) {
        return of(study, node, "v" + variant + "r" + repeat);
    }

    /// The base model on the validation split.
    ///
    /// @param attempt 1, and more where earlier ones failed
    static RunId baseline(StudyId study, int attempt) {
        return of(study, NodeId.BASELINE, "m" + attempt);
    }

    /// A node's model on the test split.
    ///
    /// @param attempt 1, and more where earlier ones failed
    static RunId test(StudyId study, NodeId node, int attempt) {
        return of(study, node, "t" + attempt);
    }

    /// Stands for the preparation where its progress is told like a run's.
    public static RunId preparation(StudyId study) {
        return new RunId(study + "-prepare");
    }

    private static RunId of(StudyId study, NodeId node, String what) {
        return new RunId(study + "-n" + node.value() + what);
    }
}
