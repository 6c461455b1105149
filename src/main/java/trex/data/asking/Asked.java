package trex.data.asking;

import java.util.List;
import trex.model.Example;

/// Rows after an operator that asked a model.
///
/// @param detail what the numbers of rows do not tell
public record Asked(List<Example> rows, String detail) {
    public Asked {
        rows = List.copyOf(rows);
    }

    Asked and(String more) {
        return new Asked(rows, detail.isEmpty() ? more : detail + ", " + more);
    }
}
