package trex.executor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A folder with a libtorch of the person's own. One of another version than the bindings are made
/// for crashes the process, so its version is read off its files before anything loads it.
///
/// @param path the folder that holds `libtorch.so`
record LibtorchFolder(Path path) {
    private static final String LIBRARY = System.mapLibraryName("torch");
    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)(?:\\+(cu\\d{3}|\\w+))?");
    /// What the archives of PyTorch's site and its wheels say of themselves.
    private static final List<String> SAYING = List.of("build-version", "version.py");

    /// The first folder of a search path that has a libtorch.
    ///
    /// @param named folders or files, as in `PYTORCH_LIBRARY_PATH`
    static LibtorchFolder of(String named) throws EngineUnfit {
        return Arrays.stream(named.split(Pattern.quote(File.pathSeparator)))
                .map(Path::of)
                .map(path -> path.endsWith(LIBRARY) ? path.toAbsolutePath().getParent() : path)
                .filter(path -> Files.isRegularFile(path.resolve(LIBRARY)))
                .map(LibtorchFolder::new)
                .findFirst()
                .orElseThrow(() -> new EngineUnfit("PYTORCH_LIBRARY_PATH is " + named + ", where no " + LIBRARY
                        + " is; correct it or unset it"));
    }

    /// Whether it can use graphics processors of NVIDIA's.
    boolean isForCuda() {
        return Files.isRegularFile(path.resolve(System.mapLibraryName("torch_cuda")));
    }

    /// @param needed version of the bindings
    /// @param stated what the person says that it is, where its files say nothing; may be empty
    void refuseOther(String needed, String stated) throws EngineUnfit {
        Optional<String> found = version();
        String version = found.orElse(stated);
        if (version.isBlank()) {
            throw new EngineUnfit("the libtorch in " + path + " does not say its version, and one other than " + needed
                    + " would crash; if it is that one, set PYTORCH_VERSION=" + needed);
        }
        if (!version.equals(needed)) {
            throw new EngineUnfit("the libtorch in " + path + " has version " + version + ", this program needs " + needed
                    + "; name another folder in PYTORCH_LIBRARY_PATH or unset it");
        }
    }

    private Optional<String> version() throws EngineUnfit {
        Path above = path.toAbsolutePath().getParent();
        for (Path folder : above == null ? List.of(path) : List.of(path, above)) {
            for (String name : SAYING) {
                Optional<String> said = said(folder.resolve(name));
                if (said.isPresent()) {
                    return said;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> said(Path file) throws EngineUnfit {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(Files.readString(file));
            return version.find() ? Optional.of(version.group(1)) : Optional.empty();
        } catch (IOException e) {
            throw new EngineUnfit(file + " cannot be read: " + e.getMessage());
        }
    }
}
