package trex.lm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds public models and data that lie beside the project. A test whose files are not there is
/// skipped with the reason.
public final class Mirrors {
    private static final String SMOL = "HuggingFaceTB/SmolLM2-135M-Instruct/";
    private static final String STORIES = "DaveBben/esp32-llm/934dab4d242d259abd88678488ea3b62d4fca601/data/";

    private Mirrors() {}

    public static Path smolLm2() {
        return model(SMOL + "SmolLM2-135M-Instruct.Q4_1.gguf");
    }

    public static Path smolLm2Reference() {
        return model(SMOL + "reference.json");
    }

    public static Path stories260k() {
        return data(STORIES + "stories260K.bin");
    }

    /// @param path below `TREX_MODEL_MIRROR`
    public static Path model(String path) {
        return existing("TREX_MODEL_MIRROR", "models", path);
    }

    /// @param path below `TREX_DATA_MIRROR`
    public static Path data(String path) {
        return existing("TREX_DATA_MIRROR", "data", path);
    }

    private static Path existing(String variable, String folder, String path) {
        for (Path root : roots(System.getenv(variable), folder)) {
            if (Files.exists(root.resolve(path))) {
                return root.resolve(path);
            }
        }
        assumeTrue(false, path + " is not here; set " + variable + " to a folder that has it");
        throw new IllegalStateException("unreachable");
    }

    private static List<Path> roots(@Nullable String set, String folder) {
        List<Path> roots = new ArrayList<>();
        if (set != null) {
            roots.add(Path.of(set));
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            roots.add(up.resolve("shared").resolve(folder));
        }
        return roots;
    }
}
