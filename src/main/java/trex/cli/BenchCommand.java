package trex.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trex.bench.Bench;
import trex.bench.BenchReport;
import trex.bench.BenchRow;
import trex.bench.Extent;
import trex.bench.Machine;
import trex.loop.Studies;

/// `trex bench`: measures this program on this machine.
@Command(name = "bench", description = "Measure this program on this machine; without a name, list what there is.")
final class BenchCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The benchmark.")
    private @Nullable String name;

    @Option(names = "--seconds", paramLabel = "N", description = "study: budget of each study (default: 60).")
    private @Nullable Integer seconds;

    @Option(names = "--tasks", paramLabel = "NAME", split = ",",
            description = "folders of ft-bench (default: study dates,mood,units, estimate dates; sst2 needs its model).")
    private List<String> tasks = List.of();

    @Option(names = "--seeds", paramLabel = "N", description = "study: how often, each time with another seed (default: 1).")
    private @Nullable Integer seeds;

    @Option(names = "--only", paramLabel = "WORD", split = ",",
            description = "train: only cases with all these words, of lora,full,evaluation,fp32,bf16,2x256,short,1x1024.")
    private List<String> only = List.of();

    @Mixin private final JsonOption json = new JsonOption();

    BenchCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Studies.Refused, Bench.Unmeasured, InterruptedException {
        if (name == null) {
            wiring.benches().forEach(b -> terminal.out().printf("%-8s  %s%n", b.name(), b.description()));
            return ExitCode.OK;
        }
        OutcomeFile.refuseUnwritable(json.file());
        Bench bench = named(name).of(extent());
        List<BenchRow> rows;
        try (Interruption interruption = new Interruption()) {
            interruption.does(Thread.currentThread()::interrupt);
            rows = bench.run(terminal.err()::println);
        }
        BenchReport report = new BenchReport(Machine.here(wiring.gemm().measure()), rows);
        terminal.out().print(report.table());
        terminal.out().flush();
        if (json.file() != null) {
            OutcomeFile.writeJson(json.file(), report);
        }
        return ExitCode.OK;
    }

    private Extent extent() throws Studies.Refused {
        try {
            return new Extent(seconds, tasks, seeds, only);
        } catch (IllegalArgumentException e) {
            throw new Studies.Refused(String.valueOf(e.getMessage()), e);
        }
    }

    private Bench named(String wanted) throws Studies.Refused {
        return wiring.benches().stream()
                .filter(bench -> bench.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Studies.Refused("No benchmark \"" + wanted + "\"; there are "
                        + wiring.benches().stream().map(Bench::name).collect(Collectors.joining(", ")) + "."));
    }
}
