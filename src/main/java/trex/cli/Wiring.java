package trex.cli;

import java.nio.file.Path;
import java.util.List;
import trex.bench.Bench;
import trex.bench.GemmProbe;

/// All that the commands need from the rest of the program.
///
/// @param root folder of the program's own files: `ft-bench`, `assets`
/// @param home default home folder
/// @param benches what `trex bench` offers
public record Wiring(
        Path root, Path home, HomeFolder homes, Window window, List<Bench> benches, GemmProbe gemm) {
    public Wiring {
        benches = List.copyOf(benches);
    }
}
