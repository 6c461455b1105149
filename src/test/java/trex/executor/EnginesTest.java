package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.fetch.EngineEntry;
import trex.fetch.EngineFiles;
import trex.fetch.Sha256;
import trex.fetch.WheelSource;

class EnginesTest {
    @TempDir Path folder;
    private EngineEntry entry;

    @BeforeEach
    void pack() throws Exception {
        Path wheel = folder.resolve("torch.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            zip.putNextEntry(new ZipEntry("torch/lib/libtorch.so"));
            zip.write("a library".getBytes(StandardCharsets.UTF_8));
        }
        entry = new EngineEntry("cuda", "A small engine", "linux-x86_64", "2.7.1", "cu126", "cu128", "torch/lib",
                List.of(new EngineEntry.Licence("Some EULA", "https://example.org/eula")),
                List.of(new EngineEntry.Wheel("torch==2.7.1", "torch.whl", Files.size(wheel), Sha256.of(wheel),
                        List.of(new EngineEntry.Member("torch/lib/libtorch.so", 9)))));
    }

    @Test
    void anOfferSaysWhatItIsWhereItGoesAndUnderWhichLicences() throws Exception {
        Engines.Offer offer = engines("linux-x86_64", null).offer("cuda");
        assertThat(offer.installed()).isFalse();
        assertThat(offer.folder()).isEqualTo(folder.resolve("home/engines/cu126"));
        assertThat(offer.installedBytes()).isEqualTo(9);
        assertThat(offer.downloadBytes()).isEqualTo(Files.size(folder.resolve("torch.whl")));
        assertThat(offer.files()).containsExactly("torch.whl");
        assertThat(offer.licences()).containsExactly("Some EULA, https://example.org/eula");
        assertThat(offer.hindrance()).isNull();
    }

    @Test
    void anEngineIsInstalledFoundAgainAndRemoved() throws Exception {
        Engines engines = engines("linux-x86_64", "no driver");
        List<String> heard = new ArrayList<>();
        engines.install("cuda", (what, _, _) -> heard.add(what));
        assertThat(heard).contains("unpacking torch/lib/libtorch.so");
        assertThat(engines.offers()).singleElement().satisfies(offer -> {
            assertThat(offer.installed()).isTrue();
            assertThat(offer.hindrance()).isEqualTo("no driver");
        });
        assertThat(engines.remove("cu126")).isTrue();
        assertThat(engines.remove("cuda")).isFalse();
    }

    @Test
    void anEngineForAnotherKindOfMachineIsRefusedWithAWayOut() {
        assertThatThrownBy(() -> engines("win-x86_64", null).install("cuda", (_, _, _) -> { }))
                .isInstanceOf(Engines.Failed.class).hasMessage("A small engine is for linux-x86_64, and this machine is win-x86_64; "
                        + "name a libtorch 2.7.1 of your own in PYTORCH_LIBRARY_PATH");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void aNameThatIsNoneIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> engines("linux-x86_64", null).offer("rocm")).hasMessage("There is no engine \"rocm\", only cuda");
    }

    private Engines engines(String platform, @Nullable String hindrance) {
        return new Engines(List.of(entry), new EngineFiles(folder.resolve("home")),
                WheelSource.of(Map.of(WheelSource.MIRROR, folder.toString())), platform, _ -> Optional.ofNullable(hindrance));
    }
}
