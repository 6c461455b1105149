package trex.fetch;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Fetches models from the Hugging Face Hub.
final class HubFiles {
    private final URI hub;
    private final Downloads downloads;

    HubFiles(URI hub, Downloads downloads) {
        this.hub = hub;
        this.downloads = downloads;
    }

    /// All files of a source, those that are not there yet.
    void fetch(ModelEntry.Source source, Path folder, Progress progress) throws Unavailable, InterruptedException {
        for (ModelEntry.File file : source.files()) {
            Path target = folder.resolve(file.path());
            if (!Files.isRegularFile(target)) {
                URI address = URI.create(hub + "/" + source.name() + "/resolve/" + source.revision() + "/" + file.path());
                downloads.fetch(address, target, file.sha256(), progress);
            }
        }
    }
}
