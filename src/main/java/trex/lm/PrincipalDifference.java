package trex.lm;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What adapters have learnt since they were taken out of the base, as adapters beside the whole
/// base, of twice the rank: `B A - B0 A0 = [B, -B0] [A; A0]`. PEFT converts such adapters so, too.
public final class PrincipalDifference {
    private PrincipalDifference() {}

    /// @param trained adapters beside the rest of the base
    /// @param start A0 and B0 under the names of A and B; empty where the base is whole
    public static List<FloatTensor> of(List<FloatTensor> trained, List<FloatTensor> start) {
        Map<String, FloatTensor> starts = FloatTensor.byName(start);
        return trained.stream().map(tensor -> {
            FloatTensor before = starts.get(tensor.name());
            return before == null ? tensor : joined(tensor, before, tensor.name().endsWith(AdapterLayout.A));
        }).toList();
    }

    /// @param below whether rows follow rows, and not columns columns with the opposite sign
    private static FloatTensor joined(FloatTensor now, FloatTensor before, boolean below) {
        int columns = (int) now.shape()[1];
        int wider = below ? columns : 2 * columns;
        float[] first = now.toArray();
        float[] second = before.toArray();
        float[] both = Arrays.copyOf(first, 2 * first.length);
        for (int i = 0; i < first.length; i++) {
            int row = i / columns;
            both[row * wider + i % columns] = first[i];
            both[below ? first.length + i : row * wider + columns + i % columns] = below ? second[i] : -second[i];
        }
        long rows = below ? 2 * now.shape()[0] : now.shape()[0];
        return new FloatTensor(now.name(), new long[] {rows, wider}, both);
    }
}
