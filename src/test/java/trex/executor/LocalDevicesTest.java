package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.DeviceList;
import trex.model.DeviceName;

class LocalDevicesTest {
    private static final String TWO = """
            0, GPU-1f, NVIDIA A100-SXM4-80GB, 81920, 80000, 535.104.05
            1, GPU-2e, NVIDIA GB10, [N/A], [N/A], 535.104.05
            """;
    private static final EngineBuild CUDA = new EngineBuild("cu128", "here");
    private static final EngineBuild CPU = new EngineBuild("cpu", "here");

    @TempDir Path folder;

    /// A driver's program that says this.
    private NvidiaSmi driver(String answer, @Nullable String visible) throws IOException {
        Path program = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\ncat <<'END'\n" + answer + "END\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new NvidiaSmi(program.toString(), visible);
    }

    private LocalDevices machine(EngineBuild build, String answer) throws IOException {
        return new LocalDevices(() -> build, false, driver(answer, null)::gpus);
    }

    @Test
    void graphicsProcessorsAreReadOffTheDriver() throws IOException {
        assertThat(driver(TWO, null).gpus()).containsExactly(
                new Gpu(0, "NVIDIA A100-SXM4-80GB", 81920L << 20, 80000L << 20, "535.104.05"),
                new Gpu(1, "NVIDIA GB10", 0, 0, "535.104.05"));
    }

    @Test
    void aDriverThatCannotAnswerHasNone() throws IOException {
        assertThat(driver("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n", null).gpus())
                .isEmpty();
        assertThat(new NvidiaSmi(folder.resolve("none").toString(), null).gpus()).isEmpty();
    }

    @Test
    void hiddenOnesAreNotCountedAndOthersAreRenumbered() throws IOException {
        assertThat(driver(TWO, "1").gpus()).extracting(Gpu::index, Gpu::name)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(0, "NVIDIA GB10"));
        assertThat(driver(TWO, "GPU-2e,0").gpus()).extracting(Gpu::name)
                .containsExactly("NVIDIA GB10", "NVIDIA A100-SXM4-80GB");
        assertThat(driver(TWO, "7,0").gpus()).isEmpty();
        assertThat(driver(TWO, "").gpus()).isEmpty();
    }

    @Test
    void theProcessorIsAlwaysThere() throws IOException {
        LocalDevices none = machine(CPU, "");
        assertThat(none.found()).extracting(LocalDevices.Found::name).containsExactly(DeviceName.CPU);
        assertThat(none.refusal(DeviceList.of("cpu"))).isEmpty();
        assertThat(none.whyNone()).contains("nvidia-smi names no graphics processor: install NVIDIA's driver if there is one,"
                + " or set the device to cpu");
    }

    @Test
    void withoutADriverNothingOfCudaIsThere() throws IOException {
        assertThat(machine(CUDA, "").refusal(DeviceList.of("cuda:0")).orElseThrow())
                .startsWith("cuda:0 asked for: nvidia-smi names no graphics processor");
    }

    @Test
    void aNumberThatIsNotThereIsRefusedWithThoseThatAre() throws IOException {
        assertThat(machine(CUDA, TWO).refusal(DeviceList.of("cuda:0,cuda:2"))).contains(
                "cuda:2 asked for: this machine has cpu, cuda:0, cuda:1; choose one of these");
    }

    @Test
    void aLibraryForProcessorsCannotUseThem() throws IOException {
        LocalDevices machine = machine(CPU, TWO);
        assertThat(machine.refusal(DeviceList.of("cuda:1")).orElseThrow())
                .startsWith("cuda:1 asked for: this program's numeric library is the one for processors");
        assertThat(machine.found().get(1).hindrance()).contains("install the one for CUDA");
    }

    @Test
    void aDriverThatIsTooOldIsNamedWithTheOneThatIsNeeded() throws IOException {
        LocalDevices machine = machine(CUDA, TWO.replace("535.104.05", "515.43.04"));
        assertThat(machine.refusal(DeviceList.of("cuda:0"))).contains("cuda:0 asked for: the driver 515.43.04 is too old for"
                + " CUDA 12.8, which needs 525.60.13 or newer; install a newer driver or set the device to cpu");
    }

    @Test
    void aDriverThatIsNewEnoughIsNot() throws IOException {
        assertThat(machine(CUDA, TWO).refusal(DeviceList.of("cuda:0,cuda:1"))).isEmpty();
        assertThat(machine(CUDA, TWO.replace("535.104.05", "525.60.13")).refusal(DeviceList.of("cuda:0"))).isEmpty();
    }

    @Test
    void applesOwnIsOnItsMachinesOnly() throws IOException {
        LocalDevices apple = new LocalDevices(() -> CPU, true, List::of);
        assertThat(apple.refusal(DeviceList.of("mps"))).isEmpty();
        assertThat(machine(CPU, "").refusal(DeviceList.of("mps")).orElseThrow()).startsWith("mps asked for: ");
    }

    @Test
    void theMemoryOfARunIsThatOfTheFullestDevice() throws IOException {
        String answer = """
                0, GPU-1f, NVIDIA A, 1000, 900, 570.1
                1, GPU-2e, NVIDIA B, 1000, 300, 570.1
                """;
        assertThat(machine(CUDA, answer).free(DeviceList.of("cuda:0,cuda:1"), Path.of("/"))).isEqualTo(300L << 20);
        assertThat(machine(CUDA, answer).free(DeviceList.of("cuda:0"), Path.of("/"))).isEqualTo(900L << 20);
    }

    @Test
    void aLibraryThatIsInstalledMeanwhileIsFound() {
        List<EngineBuild> there = new ArrayList<>(List.of(CPU));
        Gpu gpu = new Gpu(0, "NVIDIA A", 1, 1, "535.104.05");
        LocalDevices machine = new LocalDevices(there::getLast, false, () -> List.of(gpu));
        assertThat(machine.refusal(DeviceList.of("cuda:0"))).isPresent();
        there.add(CUDA);
        assertThat(machine.refusal(DeviceList.of("cuda:0"))).isEmpty();
    }
}
