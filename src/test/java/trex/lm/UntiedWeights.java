package trex.lm;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Weights whose output projection is a copy of the embedding, so that their gradients come apart.
/// Does not own what it reads.
final class UntiedWeights implements ModelWeights {
    private final ModelWeights tied;

    UntiedWeights(ModelWeights tied) {
        this.tied = tied;
    }

    @Override
    public ModelConfig config() {
        ModelConfig c = tied.config();
        return new ModelConfig(c.vocabulary(), c.width(), c.layers(), c.heads(), c.keyValueHeads(), c.headSize(),
                c.inner(), c.context(), c.normEpsilon(), c.ropeTheta(), false);
    }

    @Override
    public Set<String> names() {
        return Stream.concat(tied.names().stream(), Stream.of(WeightLayout.HEAD)).collect(Collectors.toSet());
    }

    @Override
    public long[] shape(String name) {
        return tied.shape(source(name));
    }

    @Override
    public void copyTo(String name, MemorySegment target) throws UnreadableModel {
        tied.copyTo(source(name), target);
    }

    @Override
    public void close() {
        // the owner closes what it opened
    }

    private static String source(String name) {
        return name.equals(WeightLayout.HEAD) ? WeightLayout.EMBEDDING : name;
    }
}
