package trex.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import trex.bench.Bench;
import trex.bench.GemmProbe;
import trex.executor.Engines;
import trex.executor.ModelProcess;
import trex.executor.Reproduction;
import trex.executor.WorkerSettings;

/// All that the commands need from the rest of the program.
///
/// @param root folder of the program's own files: `ft-bench`, `assets`
/// @param home default home folder
/// @param benches what `trex bench` offers
/// @param desks work on data files, by home folder
/// @param estimates what `trex estimate` asks
public record Wiring(
        Path root,
        Path home,
        HomeFolder homes,
        Window window,
        List<Bench> benches,
        GemmProbe gemm,
        Function<Path, DataDesk> desks,
        EstimateDesk estimates) {
    public Wiring {
        benches = List.copyOf(benches);
    }

    /// Without work on data files and without estimates.
    public Wiring(Path root, Path home, HomeFolder homes, Window window, List<Bench> benches, GemmProbe gemm) {
        this(root, home, homes, window, benches, gemm, _ -> DataDesk.CLOSED, EstimateDesk.CLOSED);
    }

    /// A mission's file as the person named it, or else one of the program's own: where it is
    /// installed, `ft-bench/sst2/task.json` means the same from every working directory.
    Path missionFile(Path named) {
        Path own = root.resolve(named);
        return !Files.exists(named) && Files.exists(own) ? own : named.toAbsolutePath();
    }

    /// Work on data files; what it writes and keeps goes into a home folder.
    DataDesk data(Path folder) {
        return desks.apply(folder);
    }

    /// Does the trainings of bundles again.
    Reproduction reproduction(Path folder) {
        return new Reproduction(folder, root, WorkerSettings.ofThisMachine());
    }

    /// The numeric libraries of a home folder.
    Engines engines(Path folder) {
        return new Engines(folder, System.getenv());
    }

    /// Exports models of a home folder and speaks with them.
    ModelProcess models(Path folder) {
        return new ModelProcess(folder, root, WorkerSettings.ofThisMachine());
    }
}
