package trex.bench.search;

import java.nio.file.Path;
import trex.bench.Bench;

/// Brings public files to this machine.
@FunctionalInterface
public interface PublicFiles {
    /// The file on this machine.
    ///
    /// @param location `github:owner/repository@commit/path`
    /// @param sha256 digest that the file must have
    /// @throws Bench.Unmeasured where it cannot be had; says which file and why
    Path locate(String location, String sha256) throws Bench.Unmeasured, InterruptedException;
}
