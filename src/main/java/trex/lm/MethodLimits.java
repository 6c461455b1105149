package trex.lm;

import java.util.Optional;
import trex.model.Method;

/// What a method asks of a model.
public final class MethodLimits {
    private MethodLimits() {}

    /// Why a model of this shape cannot be trained so, in one sentence; empty where it can.
    public static Optional<String> refusal(Method method, ModelConfig config) {
        int frozen = method.frozenLayers();
        return frozen < config.layers()
                ? Optional.empty()
                : Optional.of("frozenLayers is %d, but the model has %d layers; freeze at most %d"
                        .formatted(frozen, config.layers(), config.layers() - 1));
    }
}
