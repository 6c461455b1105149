package trex.fetch;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where things lie on this machine and where they come from.
///
/// @param home the home folder: `models/`, `data/`, `studies/`
/// @param installation the folder that holds `assets/`
/// @param dataMirror read before any download, laid out `owner/repository/commit/path`; or null
/// @param modelMirror read before any download, laid out `publisher/model/file`; or null
/// @param hub address of the Hugging Face Hub
public record Places(
        Path home, Path installation, @Nullable Path dataMirror, @Nullable Path modelMirror, URI hub) {
    private static final URI HUB = URI.create("https://huggingface.co");

    public Places {
        home = home.toAbsolutePath().normalize();
        installation = installation.toAbsolutePath().normalize();
    }

    /// Reads `TREX_DATA_MIRROR`, `TREX_MODEL_MIRROR` and `HF_ENDPOINT`.
    public static Places of(Path home, Path installation, Map<String, String> environment) {
        String hub = environment.getOrDefault("HF_ENDPOINT", "");
        return new Places(home, installation, folder(environment.get("TREX_DATA_MIRROR")),
                folder(environment.get("TREX_MODEL_MIRROR")),
                hub.isBlank() ? HUB : URI.create(hub.strip().replaceAll("/+$", "")));
    }

    private static @Nullable Path folder(@Nullable String path) {
        return path == null || path.isBlank() ? null : Path.of(path.strip()).toAbsolutePath().normalize();
    }
}
