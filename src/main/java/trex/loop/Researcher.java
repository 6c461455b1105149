package trex.loop;

import java.util.List;
import java.util.function.Function;
import trex.model.DataProfile;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Strategy;
import trex.search.Proposing;

/// Proposes strategies.
public interface Researcher {
    /// The name shown beside its proposals.
    String name();

    /// A strategy that departs from `parent`.
    ///
    /// @param context what is known so far
    /// @param parent the node chosen by the search policy
    Strategy propose(Context context, Node parent) throws InterruptedException;

    /// What a Researcher may look at. Test rows and test scores are not in it.
    ///
    /// @param proposing how the search policy wants proposals to be made
    /// @param secondsLeft what all rounds to come may still take together
    /// @param stories what a run has said, first event first; nothing where that is not known
    record Context(Mission mission, DataProfile profile, ExperimentTree tree, Proposing proposing, double secondsLeft,
            Function<RunId, List<RunEvent>> stories) {
        /// Without stories.
        public Context(
                Mission mission, DataProfile profile, ExperimentTree tree, Proposing proposing, double secondsLeft) {
            this(mission, profile, tree, proposing, secondsLeft, _ -> List.of());
        }
    }
}
