package trex;

import java.nio.file.Path;
import trex.bench.Bench;
import trex.bench.search.PublicFiles;
import trex.fetch.AllowedHosts;
import trex.fetch.DataFiles;
import trex.fetch.Downloads;
import trex.fetch.Places;
import trex.fetch.Progress;
import trex.fetch.Unavailable;
import trex.model.DataSource;

/// The files of benchmarks, found where missions find theirs.
final class PublicDataFiles implements PublicFiles {
    private final DataFiles files;

    PublicDataFiles(Places places) {
        this.files = new DataFiles(places, new Downloads(AllowedHosts.standard(places.hub()), Downloads.Limits.GENEROUS));
    }

    @Override
    public Path locate(String location, String sha256) throws Bench.Unmeasured, InterruptedException {
        try {
            return files.locate(new DataSource(location, sha256, "json"), Progress.SILENT);
        } catch (Unavailable e) {
            throw new Bench.Unmeasured(String.valueOf(e.getMessage()), e);
        }
    }
}
