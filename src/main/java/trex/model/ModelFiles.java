package trex.model;

/// A base model on this machine.
///
/// @param path absolute path of a GGUF or llama2.c file, or of a Hugging Face folder
/// @param sha256 digest of the file, or of a folder's configuration, tokenizer and weights one after
///     the other
public record ModelFiles(String name, String path, String sha256) {}
