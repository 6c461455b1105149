package trex.executor;

import java.util.Optional;
import trex.lm.MethodLimits;
import trex.lm.ModelConfig;
import trex.model.FailureKind;
import trex.model.Mission;
import trex.model.Recipe;

/// Refuses recipes that no machine could carry out on this model and these data.
final class Misfit {
    private Misfit() {}

    static void refuse(Recipe recipe, Mission mission, ModelConfig config) throws WorkFailed {
        refuse("The recipe does not fit the data: ", recipe.procedure().refusal(mission.data().template().form()));
        refuse("The recipe does not fit the model: ", MethodLimits.refusal(recipe.method(), config));
    }

    private static void refuse(String what, Optional<String> reason) throws WorkFailed {
        if (reason.isPresent()) {
            throw new WorkFailed(FailureKind.INPUT, what + reason.get());
        }
    }
}
