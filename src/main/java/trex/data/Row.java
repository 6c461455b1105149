package trex.data;

import java.util.Map;

/// One row of a source as it stands in the file.
///
/// @param file name of the file, without its folder
/// @param line 1-based line on which the row begins
/// @param fields values by field name, in the file's order
public record Row(String file, long line, Map<String, String> fields) {
    /// Names the source line, for example `train.tsv:17`.
    public String id() {
        return file + ":" + line;
    }
}
