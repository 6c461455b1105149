package trex.executor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import trex.lm.Calibrator;
import trex.lm.ComputeDevice;
import trex.model.DeviceList;
import trex.model.DeviceName;

/// The devices of this machine that runs can compute on, and why not on the others. Loads no numeric
/// library.
public final class LocalDevices {
    private final Supplier<EngineBuild> build;
    private final boolean apple;
    private final Supplier<List<Gpu>> gpus;

    /// @param build of the numeric library that is there when it is asked for: one may be installed meanwhile
    /// @param apple whether this is a machine of Apple's with a graphics processor of its own
    LocalDevices(Supplier<EngineBuild> build, boolean apple, Supplier<List<Gpu>> gpus) {
        this.build = build;
        this.apple = apple;
        this.gpus = gpus;
    }

    /// @param home the program's home folder
    /// @param environment the workers'
    public static LocalDevices of(Path home, Map<String, String> environment) {
        NvidiaSmi driver = new NvidiaSmi("nvidia-smi", environment.get("CUDA_VISIBLE_DEVICES"));
        return new LocalDevices(() -> new EngineChoice(home).build(environment, System.getProperty("java.class.path")),
                System.getProperty("os.name").startsWith("Mac") && System.getProperty("os.arch").equals("aarch64"),
                driver::gpus);
    }

    /// The build of the numeric library that is installed.
    public EngineBuild build() {
        return build.get();
    }

    /// A device that is there.
    ///
    /// @param memory bytes that it has in all; 0 where nobody says
    /// @param hindrance why no run can compute on it, in a sentence; null where one can
    public record Found(DeviceName name, String description, long memory, @Nullable String hindrance) {}

    /// All that are there, the processor first.
    public List<Found> found() {
        List<Found> found = new ArrayList<>();
        found.add(new Found(DeviceName.CPU, Surroundings.processorName(), AvailableMemory.physical(), null));
        if (apple) {
            found.add(new Found(new DeviceName(DeviceName.Kind.MPS, 0), "Apple", AvailableMemory.physical(), null));
        }
        for (Gpu gpu : gpus.get()) {
            found.add(new Found(new DeviceName(DeviceName.Kind.CUDA, gpu.index()),
                    gpu.name() + ", driver " + gpu.driver(), gpu.memory(), hindrance(gpu)));
        }
        return found;
    }

    /// Why no graphics processor is among [#found()], in a sentence; empty where one is.
    public Optional<String> whyNone() {
        return apple || !gpus.get().isEmpty() ? Optional.empty() : Optional.of(noDriver());
    }

    /// Why runs can use no graphics processor of NVIDIA's, in a sentence; empty where one can be used.
    Optional<String> hindrance() {
        List<Gpu> there = gpus.get();
        return there.isEmpty() ? Optional.of(noDriver())
                : there.stream().anyMatch(gpu -> hindrance(gpu) == null) ? Optional.empty()
                : Optional.ofNullable(hindrance(there.getFirst()));
    }

    /// Why a run cannot compute on these, in a sentence that names the device and the way out.
    public Optional<String> refusal(DeviceList wanted) {
        if (wanted.names().stream().allMatch(DeviceName::isProcessor)) {
            return Optional.empty();
        }
        List<Gpu> there = gpus.get();
        return wanted.names().stream().flatMap(name -> refusal(name, there).stream()).findFirst();
    }

    private Optional<String> refusal(DeviceName wanted, List<Gpu> there) {
        return switch (wanted.kind()) {
            case CPU -> Optional.empty();
            case MPS -> apple ? Optional.empty()
                    : Optional.of("mps asked for: this is no machine with Apple's own processor; set the device to cpu");
            case CUDA -> Optional.ofNullable(refusal(wanted.index(), there)).map(reason -> wanted + " asked for: " + reason);
        };
    }

    private @Nullable String refusal(int index, List<Gpu> there) {
        for (Gpu gpu : there) {
            if (gpu.index() == index) {
                return hindrance(gpu);
            }
        }
        return there.isEmpty() ? noDriver() : "this machine has " + names(there);
    }

    private static String names(List<Gpu> there) {
        return String.join(", ", Stream.concat(Stream.of("cpu"), there.stream().map(gpu -> "cuda:" + gpu.index())).toList())
                + "; choose one of these";
    }

    private static String noDriver() {
        return "nvidia-smi names no graphics processor: install NVIDIA's driver if there is one, or set the device to cpu";
    }

    private @Nullable String hindrance(Gpu gpu) {
        EngineBuild build = build();
        if (build.isForProcessors()) {
            return "this program's numeric library is the one for processors; install the one for CUDA (trex engine), "
                    + "or set the device to cpu";
        }
        return EngineBuild.Version.of(gpu.driver()).compareTo(build.oldestDriver()) < 0
                ? "the driver " + gpu.driver() + " is too old for CUDA " + build.cuda() + ", which needs "
                        + build.oldestDriver() + " or newer; install a newer driver or set the device to cpu"
                : null;
    }

    /// Measures a device once and keeps the result.
    Calibrator calibrator(Path home, DeviceName name) {
        return name.isProcessor() ? new Calibrator(home)
                : Calibrator.of(home, ComputeDevice.of(name), description(name) + "|" + build().flavor());
    }

    private String description(DeviceName name) {
        return found().stream().filter(device -> device.name().equals(name)).map(Found::description).findFirst()
                .orElse(name.toString());
    }

    /// Bytes that nobody uses now on the fullest of the devices; those of the machine's memory where
    /// that is the device's.
    long free(DeviceList devices, Path root) {
        List<Gpu> there = devices.first().kind() == DeviceName.Kind.CUDA ? gpus.get() : List.of();
        return there.stream()
                .filter(gpu -> devices.names().stream().anyMatch(name -> name.index() == gpu.index()))
                .mapToLong(gpu -> gpu.memory() == 0 ? new AvailableMemory(root).bytes() : gpu.free())
                .min().orElseGet(() -> new AvailableMemory(root).bytes());
    }
}
