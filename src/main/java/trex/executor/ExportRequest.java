package trex.executor;

/// What to write where.
///
/// @param name what the model is called; also the GGUF file's name
/// @param target path of the folder, which must not be there yet
/// @param card text of its `README.md`
public record ExportRequest(TunedModel model, String name, ExportFormat format, String target, String card) {
    public ExportRequest {
        if (!name.matches("[A-Za-z0-9._-]{1,128}")) {
            throw new IllegalArgumentException("a model's name is 1 to 128 letters, digits, ., _ or -, got \"" + name + "\"");
        }
    }
}
