package trex.loop;

import org.jspecify.annotations.Nullable;
import trex.model.Checkpoint;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.StudyResult;

/// What a study's loop does next.
sealed interface Step {
    /// Measure the untouched base model on the validation split.
    record MeasureBaseline() implements Step {}

    /// Choose a node and have a strategy proposed below it.
    record Grow() implements Step {}

    /// Ask for the verdict on a proposed node.
    record Review(Node node, double estimatedSeconds) implements Step {}

    /// Train a variant that has not been tried yet.
    ///
    /// @param limit where it is stopped
    record TrainVariant(Node node, int variant, Cost expected, Cost limit) implements Step {}

    /// Close a node by what its runs came to.
    record Close(Node node) implements Step {}

    /// Close a node that is not carried out, with the reason.
    record Skip(Node node, String reason) implements Step {}

    /// Train a candidate once more with another seed.
    ///
    /// @param limit where it is stopped
    record TrainAgain(Repeats.Repeat repeat, Cost expected, Cost limit) implements Step {}

    /// Measure a model on the test split; the base model where `checkpoint` is null.
    record OpenTest(NodeId node, @Nullable Checkpoint checkpoint) implements Step {}

    /// Wait for the end of one of the runs in flight.
    record Wait() implements Step {}

    /// All is measured.
    record Finish(StudyResult result) implements Step {}
}
