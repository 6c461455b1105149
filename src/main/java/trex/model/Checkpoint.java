package trex.model;

/// Saved adapter or model.
///
/// @param path absolute path of the checkpoint's folder
/// @param step optimizer steps behind it
/// @param sha256 digest of its weights
public record Checkpoint(String path, int step, String sha256) {}
