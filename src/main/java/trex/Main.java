package trex;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import trex.bench.GemmProbe;
import trex.bench.data.DataBench;
import trex.bench.estimate.EstimateBench;
import trex.bench.generate.GenerateBench;
import trex.bench.search.SearchBench;
import trex.bench.step.GemmProcess;
import trex.bench.step.StepBench;
import trex.bench.study.StudyBench;
import trex.bench.train.TrainBench;
import trex.cli.TrexCommand;
import trex.cli.Wiring;
import trex.executor.Estimator;
import trex.executor.WorkerSettings;
import trex.fetch.Places;

/// Wires the program and carries out the command line.
public final class Main {
    private static final String LOG = "trex.log";

    private Main() {}

    public static void main(String[] arguments) {
        Installation here = Installation.here();
        nameLog(here.log());
        System.exit(TrexCommand.run(wiring(here), arguments));
    }

    /// To be called before the first logger is there.
    private static void nameLog(Path file) {
        if (System.getProperty(LOG) == null) {
            System.setProperty(LOG, file.toString());
        }
    }

    static Wiring wiring(Installation here) {
        Path root = here.root();
        Path home = here.home();
        GemmProbe gemm = new GemmProcess(home);
        Places places = Places.of(home, root, System.getenv());
        Function<Path, LocalData> data = folder -> new LocalData(Places.of(folder, root, System.getenv()));
        WorkerSettings settings = WorkerSettings.ofThisMachine();
        return new Wiring(
                root,
                home,
                folder -> LocalStudies.open(Places.of(folder, root, System.getenv()), settings),
                new WorkbenchOpening(root, data),
                List.of(new StepBench(gemm, home), new TrainBench(gemm, home),
                        new GenerateBench(gemm, home), new DataBench(),
                        new EstimateBench(new Estimator(places, settings), root.resolve("ft-bench")),
                        new SearchBench(new PublicDataFiles(places)),
                        new StudyBench(() -> LocalStudies.open(places, settings),
                                (mission, recipe) -> new Estimator(places, settings).of(mission, recipe, _ -> {}), root)),
                gemm,
                data::apply,
                new LocalEstimates(root, settings));
    }
}
