package trex.executor;

import java.util.Optional;
import trex.lm.MethodLimits;
import trex.lm.ModelConfig;
import trex.model.DeviceList;
import trex.model.DeviceName;
import trex.model.FailureKind;
import trex.model.LoraInit;
import trex.model.Method;
import trex.model.Mission;
import trex.model.Recipe;

/// Refuses recipes that no machine could carry out on this model and these data.
final class Misfit {
    private Misfit() {}

    static void refuse(Recipe recipe, Mission mission, ModelConfig config) throws WorkFailed {
        refuse("The recipe does not fit the data: ", recipe.procedure().refusal(mission.data().template().form()));
        refuse("The recipe does not fit the model: ", MethodLimits.refusal(recipe.method(), config));
    }

    /// Refuses what a device cannot compute: Apple's knows no double precision, in which the leading part
    /// of a weight is found.
    static void refuse(Recipe recipe, DeviceList devices) throws WorkFailed {
        boolean principal = recipe.method() instanceof Method.Lora lora && lora.init() == LoraInit.PRINCIPAL;
        refuse("The recipe does not fit the device: ", devices.first().kind() == DeviceName.Kind.MPS && principal
                ? Optional.of("lora: init = principal needs double precision, which mps does not have; "
                        + "choose init = random or the device cpu")
                : Optional.empty());
    }

    private static void refuse(String what, Optional<String> reason) throws WorkFailed {
        if (reason.isPresent()) {
            throw new WorkFailed(FailureKind.INPUT, what + reason.get());
        }
    }
}
