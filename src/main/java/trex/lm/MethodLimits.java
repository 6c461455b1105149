package trex.lm;

import java.util.Comparator;
import java.util.Optional;
import trex.model.LoraInit;
import trex.model.Method;

/// What a method asks of a model.
public final class MethodLimits {
    private MethodLimits() {}

    /// Why a model of this shape cannot be trained so, in one sentence; empty where it can.
    public static Optional<String> refusal(Method method, ModelConfig config) {
        int frozen = method.frozenLayers();
        if (frozen >= config.layers()) {
            return Optional.of("frozenLayers is %d, but the model has %d layers; freeze at most %d"
                    .formatted(frozen, config.layers(), config.layers() - 1));
        }
        return method instanceof Method.Lora lora && lora.init() == LoraInit.PRINCIPAL
                ? rankRefusal(lora, config)
                : Optional.empty();
    }

    private static Optional<String> rankRefusal(Method.Lora lora, ModelConfig config) {
        return Projection.of(lora.targets(), config).stream()
                .min(Comparator.comparingInt(projection -> most(projection, config)))
                .filter(projection -> most(projection, config) < lora.rank())
                .map(projection -> "rank is %d, but %s is a matrix of rank %d, of which init = principal takes a part; take at most that"
                        .formatted(lora.rank(), projection.path(), most(projection, config)));
    }

    private static int most(Projection projection, ModelConfig config) {
        return Math.min(projection.in(config), projection.out(config));
    }
}
