package trex.executor;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import trex.model.Mission;
import trex.model.Recipe;
import trex.model.Score;
import trex.model.Split;

/// What of a study can be done again: its best training, with the digests of all that went in and
/// came out.
///
/// @param facts what is compared
/// @param mission the mission, with places of files written for any machine (see [PortablePaths])
/// @param recipe the best training's recipe
/// @param surroundings of that training
public record Bundle(Facts facts, Mission mission, Recipe recipe, Surroundings surroundings) {
    /// @param form version of this file's form
    /// @param study the study's name
    /// @param node number of the best node
    /// @param run name of its best training
    /// @param device that it ran on, as in [trex.model.StudySettings]
    /// @param base SHA-256 of the base model
    /// @param splits SHA-256 of each sealed split
    /// @param weights SHA-256 of each file of weights by its name
    /// @param score the training's, on the validation split
    /// @param members SHA-256 of each other file of the bundle by its name
    public record Facts(
            int form,
            String study,
            int node,
            String run,
            String device,
            String base,
            Map<Split, String> splits,
            Map<String, String> weights,
            Score score,
            Map<String, String> members) {
        static final int FORM = 1;

        public Facts {
            if (form != FORM) {
                throw new IllegalArgumentException("this program reads bundles of form " + FORM + ", got " + form);
            }
            splits = sorted(splits);
            weights = sorted(weights);
            members = sorted(members);
            if (splits.size() != Split.values().length) {
                throw new IllegalArgumentException("a bundle names three splits, got " + splits.keySet());
            }
            if (weights.isEmpty()) {
                throw new IllegalArgumentException("a bundle names at least one file of weights");
            }
        }

        /// The same study makes the same bytes.
        private static <K extends Comparable<K>> Map<K, String> sorted(Map<K, String> map) {
            return Collections.unmodifiableMap(new TreeMap<>(map));
        }
    }
}
