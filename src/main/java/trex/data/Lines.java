package trex.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads files of one row a line; empty lines are passed over.
@FunctionalInterface
interface Lines {
    /// @param number 1-based, empty lines counted
    Row row(String line, long number) throws BrokenData;

    default List<Row> read(BufferedReader text) throws BrokenData, IOException {
        List<Row> rows = new ArrayList<>();
        long number = 0;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (!line.isBlank()) {
                rows.add(row(line, number));
            }
        }
        return rows;
    }
}
