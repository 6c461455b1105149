package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.fetch.EngineEntry;
import trex.fetch.EngineFiles;
import trex.model.DeviceList;

class EngineChoiceTest {
    private static final DeviceList GPU = DeviceList.of("cuda:0");
    private static final DeviceList PROCESSOR = DeviceList.of("cpu");
    private static final EngineEntry ENGINE = new EngineEntry("cuda", "An engine", "linux-x86_64", "2.7.1", "cu126", "cu128",
            "torch/lib", List.of(), List.of(new EngineEntry.Wheel("a==1", "a.whl", 1, "", List.of(
                    new EngineEntry.Member("torch/lib/libtorch.so", 3), new EngineEntry.Member("nvidia/lib/libcudart.so.12", 3)))));

    @TempDir Path folder;
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void anInstalledEngineIsLoadedWhereTheDeviceIsCuda() throws IOException {
        install();
        environment.put("LD_LIBRARY_PATH", "/mine");
        choice().apply(environment, GPU);
        assertThat(environment).containsEntry("PYTORCH_LIBRARY_PATH", engines("cu126/torch/lib"))
                .containsEntry("PYTORCH_VERSION", "2.7.1").containsEntry("PYTORCH_FLAVOR", "cu128")
                .containsEntry("LD_LIBRARY_PATH", engines("cu126/torch/lib") + ":" + engines("cu126/nvidia/lib") + ":/mine");
    }

    @Test
    void theProcessorKeepsItsOwnLibrary() throws IOException {
        install();
        environment.put("PYTORCH_VERSION", "2.5.0");
        choice().apply(environment, PROCESSOR);
        assertThat(environment).isEmpty();
    }

    @Test
    void anEngineThatIsNotWholeIsNotLoaded() throws IOException {
        install();
        Files.delete(folder.resolve("engines/cu126/nvidia/lib/libcudart.so.12"));
        choice().apply(environment, GPU);
        assertThat(environment).isEmpty();
    }

    @Test
    void thePersonsOwnLibraryIsLoadedWhereItsVersionFits() throws IOException {
        Path own = own("build-version", "2.7.1+cu128\n");
        choice().apply(environment, GPU);
        assertThat(environment).containsEntry("PYTORCH_LIBRARY_PATH", own.toString())
                .containsEntry("PYTORCH_VERSION", "2.7.1").containsEntry("PYTORCH_FLAVOR", "cpu");
        Files.createFile(own.resolve(System.mapLibraryName("torch_cuda")));
        choice().apply(environment, GPU);
        assertThat(environment).containsEntry("PYTORCH_FLAVOR", "cu128");
    }

    @Test
    void aLibraryOfAnotherVersionIsRefusedBeforeItCrashesTheProcess() throws IOException {
        Path own = own("version.py", "__version__ = '2.6.0+cu124'\n");
        for (DeviceList devices : List.of(GPU, PROCESSOR)) {
            assertThatThrownBy(() -> choice().apply(environment, devices)).isInstanceOf(EngineUnfit.class)
                    .hasMessage("the libtorch in " + own + " has version 2.6.0, this program needs 2.7.1; name another folder in"
                            + " PYTORCH_LIBRARY_PATH or unset it");
        }
    }

    @Test
    void aLibraryThatDoesNotSayItsVersionNeedsThePersonsWord() throws IOException {
        own("notes.txt", "2.7.1");
        assertThatThrownBy(() -> choice().apply(environment, GPU)).hasMessageContaining("does not say its version")
                .hasMessageContaining("set PYTORCH_VERSION=2.7.1");
        environment.put("PYTORCH_VERSION", "2.7.1");
        choice().apply(environment, GPU);
        assertThat(environment).containsEntry("PYTORCH_FLAVOR", "cpu");
    }

    @Test
    void aFolderWithoutALibraryIsNamed() {
        environment.put("PYTORCH_LIBRARY_PATH", folder + "/nothing");
        assertThatThrownBy(() -> choice().apply(environment, GPU)).isInstanceOf(EngineUnfit.class)
                .hasMessageContaining(folder + "/nothing").hasMessageContaining("unset it");
    }

    @Test
    void theEngineOfTheCatalogueFitsTheBindingsOfTheProgram() {
        EngineEntry cuda = EngineFiles.catalogue().getFirst();
        assertThat(getClass().getResource("/jnilib/" + cuda.platform() + "/" + cuda.binding() + "/libdjl_torch.so")).isNotNull();
        assertThat(cuda.version()).isEqualTo("2.7.1");
        assertThat(new EngineBuild(cuda.flavour(), "").cuda()).isEqualTo("12.6");
    }

    @Test
    void theBuildIsTheOneThatAWorkerWouldLoad() throws IOException {
        String jars = String.join(File.pathSeparator, "lib/a.jar", "lib/pytorch-native-cu124-2.5.1-linux-x86_64.jar");
        assertThat(choice().build(environment, "lib/pytorch-native-cpu-2.7.1.jar").flavor()).isEqualTo("cpu");
        assertThat(choice().build(environment, jars).cuda()).isEqualTo("12.4");
        install();
        assertThat(choice().build(environment, jars)).isEqualTo(new EngineBuild("cu126", engines("cu126")));
        assertThat(choice().build(Map.of("PYTORCH_LIBRARY_PATH", "/opt/torch", "PYTORCH_FLAVOR", "cu118"), jars))
                .isEqualTo(new EngineBuild("cu118", "/opt/torch"));
    }

    @Test
    void anEngineThatIsNotWholeIsNoBuild() throws IOException {
        install();
        Files.delete(folder.resolve("engines/cu126/nvidia/lib/libcudart.so.12"));
        assertThat(choice().build(environment, "").isForProcessors()).isTrue();
    }

    @Test
    void thePersonsOwnLibraryForCudaIsKnownAsOneByItsFiles() throws IOException {
        Path own = own("build-version", "2.7.1+cu128\n");
        assertThat(choice().build(environment, "").isForProcessors()).isTrue();
        Files.createFile(own.resolve(System.mapLibraryName("torch_cuda")));
        assertThat(choice().build(environment, "")).isEqualTo(new EngineBuild("cu128", own.toString()));
    }

    @Test
    void theBuildOfAWorkerIsTheOneThatWasChosenForIt() throws IOException {
        install();
        Files.createFile(folder.resolve("engines/cu126/torch/lib").resolve(System.mapLibraryName("torch_cuda")));
        choice().apply(environment, GPU);
        assertThat(choice().build(environment, "")).isEqualTo(new EngineBuild("cu128", engines("cu126/torch/lib")));
    }

    private EngineChoice choice() {
        return new EngineChoice(new EngineFiles(folder), List.of(ENGINE), "2.7.1");
    }

    private String engines(String path) {
        return folder.resolve("engines").resolve(path).toString();
    }

    private void install() throws IOException {
        for (String path : List.of("torch/lib/libtorch.so", "nvidia/lib/libcudart.so.12")) {
            Path file = folder.resolve("engines/cu126").resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "abc");
        }
    }

    private Path own(String name, String text) throws IOException {
        Path libraries = Files.createDirectories(folder.resolve("own/lib"));
        Files.createFile(libraries.resolve(System.mapLibraryName("torch")));
        Files.writeString(libraries.resolveSibling(name), text);
        environment.put("PYTORCH_LIBRARY_PATH", libraries.toString());
        return libraries;
    }
}
