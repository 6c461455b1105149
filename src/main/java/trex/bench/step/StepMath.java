package trex.bench.step;

import java.util.List;
import trex.lm.ModelConfig;
import trex.lm.PackedBatch;
import trex.lm.Projection;
import trex.lm.Segment;
import trex.model.Method;

/// How many floating-point operations the mathematics of a step needs: products only, attention
/// only between tokens that see each other, the vocabulary only at label rows, and in the backward
/// pass no gradient of what is frozen.
public final class StepMath {
    private StepMath() {}

    public static double operations(ModelConfig config, Method method, PackedBatch batch) {
        double linear = 0;
        double adapters = 0;
        for (Projection projection : Projection.values()) {
            double size = (double) projection.in(config) * projection.out(config);
            linear += size;
            if (method instanceof Method.Lora lora && Projection.of(lora.targets()).contains(projection)) {
                adapters += (double) lora.rank() * (projection.in(config) + projection.out(config));
            }
        }
        double head = (double) config.vocabulary() * config.width() * batch.rows().length;
        double weights = linear * config.layers() * batch.tokens();
        double attention = 2.0 * pairs(batch.segments()) * config.heads() * config.headSize() * config.layers();
        int passes = method instanceof Method.Full ? 3 : 2; // forward, gradient of inputs, of weights
        return 2 * (passes * (weights + head) + 3 * attention + 3 * adapters * config.layers() * batch.tokens());
    }

    /// Pairs of a token and one that it sees.
    private static double pairs(List<Segment> segments) {
        double pairs = 0;
        for (Segment segment : segments) {
            double context = 0;
            for (int p = segment.parent(); p != Segment.NONE; p = segments.get(p).parent()) {
                context += segments.get(p).length();
            }
            pairs += segment.length() * (context + (segment.length() + 1) / 2.0);
        }
        return pairs;
    }
}
