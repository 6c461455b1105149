package trex.bench.search;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A small network in the ONNX format, carried out operation by operation in plain Java. Knows the
/// operations of the YAHPO surrogates and no more: a native runtime would weigh 90 MB.
final class OnnxModel {
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Tensor> constants = new HashMap<>();
    private String output = "";

    /// @param inputs and outputs names of tensors
    /// @param numbers attributes that are whole numbers, by name
    /// @param fraction the `epsilon` attribute, 0 without one
    private record Operation(
            String type, List<String> inputs, String output, Map<String, Long> numbers, float fraction) {}

    /// @throws IllegalArgumentException if the bytes are no model, or have an unknown operation
    static OnnxModel read(ByteBuffer file) {
        OnnxModel model = new OnnxModel();
        for (Protobuf.Field field : Protobuf.fields(file)) {
            if (field.number() == 7) {
                model.readGraph(field.message());
            }
        }
        if (model.output.isEmpty()) {
            throw new IllegalArgumentException("not an ONNX model: it has no graph with an output");
        }
        model.transposeWeights();
        return model;
    }

    private void readGraph(List<Protobuf.Field> graph) {
        for (Protobuf.Field field : graph) {
            switch (field.number()) {
                case 1 -> readOperation(field.message());
                case 5 -> constants.put(name(field.message(), 8), Tensor.read(field.message()));
                case 12 -> output = name(field.message(), 1);
                default -> {
                    // names, descriptions and declared inputs change nothing
                }
            }
        }
    }

    private static String name(List<Protobuf.Field> message, int number) {
        return message.stream().filter(f -> f.number() == number).findFirst().orElseThrow().text();
    }

    private void readOperation(List<Protobuf.Field> message) {
        List<String> inputs = message.stream().filter(f -> f.number() == 1).map(Protobuf.Field::text).toList();
        String result = name(message, 2);
        String type = name(message, 4);
        Map<String, Long> numbers = new HashMap<>();
        float fraction = 0;
        for (Protobuf.Field field : message) {
            if (field.number() == 5) {
                List<Protobuf.Field> attribute = field.message();
                String name = name(attribute, 1);
                attribute.stream().filter(f -> f.number() == 3).forEach(f -> numbers.put(name, f.value()));
                if (name.equals("epsilon")) {
                    fraction = attribute.stream().filter(f -> f.number() == 2).findFirst()
                            .map(f -> Float.intBitsToFloat((int) f.value())).orElse(0f);
                }
                if (name.equals("value")) {
                    constants.put(result, Tensor.read(attribute.stream().filter(f -> f.number() == 5).findFirst()
                            .orElseThrow().message()));
                }
            }
        }
        if (!type.equals("Constant")) {
            operations.add(new Operation(type, inputs, result, numbers, fraction));
        }
    }

    /// Once, so that products run along memory.
    private void transposeWeights() {
        for (Operation operation : operations) {
            if (operation.type().equals("Gemm")) {
                if (operation.numbers().getOrDefault("transB", 0L) != 1) {
                    throw new IllegalArgumentException("onnx: only products with transposed weights are known");
                }
                constants.computeIfPresent(operation.inputs().get(1), (_, w) -> w.transposed());
            }
        }
    }

    /// @param inputs by name, one row an example
    Tensor run(Map<String, Tensor> inputs) {
        Map<String, Tensor> values = new HashMap<>(constants);
        values.putAll(inputs);
        for (Operation operation : operations) {
            values.put(operation.output(), result(operation, values));
        }
        return Objects.requireNonNull(values.get(output));
    }

    private static Tensor result(Operation operation, Map<String, Tensor> values) {
        List<Tensor> in = operation.inputs().stream().map(name -> known(values.get(name), name)).toList();
        Tensor x = in.getFirst();
        return switch (operation.type()) {
            case "Add" -> x.with(in.get(1), Float::sum);
            case "Sub" -> x.with(in.get(1), (a, b) -> a - b);
            case "Mul" -> x.with(in.get(1), (a, b) -> a * b);
            case "Div" -> x.with(in.get(1), x.isWhole() ? (a, b) -> (long) a / (long) b : (a, b) -> a / b);
            case "Log" -> x.map(a -> (float) Math.log(a));
            case "Exp" -> x.map(a -> (float) Math.exp(a));
            case "Relu" -> x.map(a -> Math.max(0, a));
            case "Sigmoid" -> x.map(a -> (float) (1 / (1 + Math.exp(-a))));
            case "Cast" -> x;
            case "Unsqueeze" -> x.shaped(x.length(), 1);
            case "Shape" -> x.shape();
            case "Concat" -> Tensor.beside(in);
            case "Gather" -> gathered(x, in.get(1), operation.numbers().getOrDefault("axis", 0L));
            case "Slice" -> x.columns((int) in.get(1).get(0), (int) in.get(2).get(0));
            case "Gemm" -> x.times(in.get(1), in.get(2));
            case "BatchNormalization" ->
                    x.normalised(in.get(1), in.get(2), in.get(3), in.get(4), operation.fraction());
            default -> throw new IllegalArgumentException("onnx: unknown operation " + operation.type());
        };
    }

    private static Tensor known(@Nullable Tensor tensor, String name) {
        if (tensor == null) {
            throw new IllegalArgumentException("onnx: nothing computes \"" + name + "\"");
        }
        return tensor;
    }

    /// Along rows, or one column as a vector.
    private static Tensor gathered(Tensor data, Tensor indices, long axis) {
        if (axis == 0) {
            return data.rowsAt(indices);
        }
        int column = (int) indices.get(0);
        return data.columns(column, column + 1).shaped(data.rows());
    }
}
