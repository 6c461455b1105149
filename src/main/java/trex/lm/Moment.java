package trex.lm;

import java.util.List;
import trex.model.Optimizer;

/// A tensor that an optimizer keeps beside a trainable one between steps, in fp32.
///
/// @param name what it is, in one word
public record Moment(String name, long[] shape) {
    /// The moments of a tensor of this shape, of one or two dimensions.
    public static List<Moment> of(Optimizer rule, long[] tensor) {
        return switch (rule) {
            case ADAMW -> List.of(new Moment("mean", tensor), new Moment("variance", tensor));
            case SGD -> List.of(new Moment("momentum", tensor));
            case ADAFACTOR -> tensor.length == 1
                    ? List.of(new Moment("variance", tensor))
                    : List.of(
                            new Moment("rows", new long[] {tensor[0]}),
                            new Moment("columns", new long[] {tensor[1]}));
        };
    }

    /// Numbers that a rule keeps beside a tensor of this shape.
    public static long elements(Optimizer rule, long[] tensor) {
        return of(rule, tensor).stream().mapToLong(moment -> FloatTensor.elements(moment.shape)).sum();
    }
}
