package trex.model;

/// A split as it was written at the start of a study: one [Example] a line, as JSON.
///
/// @param path absolute path of the file
/// @param rows number of examples, at least 1
/// @param sha256 digest of the file; a run refuses a file that no longer has it
public record SealedSplit(Split split, String path, int rows, String sha256) {
    public SealedSplit {
        if (rows < 1) {
            throw new IllegalArgumentException("the " + split.name().toLowerCase(java.util.Locale.ROOT) + " split is empty");
        }
    }
}
