package trex.model;

import org.jspecify.annotations.Nullable;

/// Where rows come from, pinned so that the same mission always reads the same bytes.
///
/// @param location `github:owner/repository@commit/path`, `https://…`, or a file path
/// @param sha256 lower-case hexadecimal digest of the file, or null where the user's own file is read
/// @param format `tsv`, `csv`, `jsonl`, `json`, `txt` (a row a line), `text` (rows with
///     empty lines between them) or `parquet`
public record DataSource(String location, @Nullable String sha256, String format) {
    public DataSource {
        if (location.isBlank()) {
            throw new IllegalArgumentException("data source: location is empty");
        }
        if (sha256 != null && !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "data source " + location + ": sha256 must be 64 hexadecimal digits, got \"" + sha256 + "\"");
        }
        if (!format.matches("tsv|csv|jsonl|json|txt|text|parquet")) {
            throw new IllegalArgumentException(
                    "data source " + location + ": format must be tsv, csv, jsonl, json, txt, text or parquet, got \"" + format + "\"");
        }
    }

    /// Whether the rows have to be fetched before they can be read.
    public boolean isRemote() {
        return isRemote(location);
    }

    /// Whether a location names a place beyond this machine.
    public static boolean isRemote(String location) {
        return location.matches("(github:|https?://).*");
    }
}
