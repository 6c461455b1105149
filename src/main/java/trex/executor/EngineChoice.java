package trex.executor;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import trex.fetch.EngineEntry;
import trex.fetch.EngineFiles;
import trex.model.DeviceList;
import trex.model.DeviceName;

/// Chooses the numeric library of a worker by the device of its run: an installed engine, or the
/// person's own libtorch, where it is `cuda:n`; else the one for processors that comes along.
final class EngineChoice {
    private static final String FOLDER = "PYTORCH_LIBRARY_PATH";
    private static final String VERSION = "PYTORCH_VERSION";
    private static final String FLAVOR = "PYTORCH_FLAVOR";
    private static final String SEARCHED = "LD_LIBRARY_PATH";

    private final EngineFiles files;
    private final List<EngineEntry> catalogue;
    private final String needed;

    EngineChoice(Path home) {
        this(new EngineFiles(home), EngineFiles.catalogue(), boundVersion());
    }

    /// @param needed version of libtorch that the bindings are made for
    EngineChoice(EngineFiles files, List<EngineEntry> catalogue, String needed) {
        this.files = files;
        this.catalogue = List.copyOf(catalogue);
        this.needed = needed;
    }

    /// What a worker on a graphics processor would load: the folder that the environment names, an
    /// installed engine, one on the class path, and else the build for processors.
    EngineBuild build(Map<String, String> environment, String classPath) {
        String named = environment.getOrDefault(FOLDER, "");
        if (!named.isBlank()) {
            return new EngineBuild(environment.getOrDefault(FLAVOR, flavor(named)), named);
        }
        return installed().map(engine -> new EngineBuild(engine.flavour(), files.folder(engine).toString()))
                .or(() -> EngineBuild.onClassPath(classPath))
                .orElse(new EngineBuild(EngineBuild.PROCESSORS, "the program's own"));
    }

    private String flavor(String named) {
        try {
            return flavor(LibtorchFolder.of(named));
        } catch (EngineUnfit e) {
            return EngineBuild.PROCESSORS; // no worker will start with it, and each says why
        }
    }

    private String flavor(LibtorchFolder folder) {
        return folder.isForCuda() ? catalogue.getFirst().binding() : EngineBuild.PROCESSORS;
    }

    /// Says in a process's environment which library it is to load.
    ///
    /// @param environment of the process to be
    void apply(Map<String, String> environment, DeviceList devices) throws EngineUnfit {
        String named = environment.getOrDefault(FOLDER, "");
        if (!named.isBlank()) {
            own(environment, LibtorchFolder.of(named));
            return;
        }
        List.of(FOLDER, VERSION, FLAVOR).forEach(environment::remove); // alone they would start a download
        if (devices.first().kind() == DeviceName.Kind.CUDA) {
            installed().ifPresent(engine -> installed(environment, engine));
        }
    }

    private Optional<EngineEntry> installed() {
        return catalogue.stream().filter(files::isInstalled).filter(engine -> engine.version().equals(needed)).findFirst();
    }

    private void installed(Map<String, String> environment, EngineEntry engine) {
        environment.put(FOLDER, files.libraries(engine).toString());
        environment.put(VERSION, engine.version());
        environment.put(FLAVOR, engine.binding());
        List<String> folders = new ArrayList<>(files.libraryFolders(engine).stream().map(Path::toString).toList());
        String before = environment.getOrDefault(SEARCHED, "");
        if (!before.isEmpty()) {
            folders.add(before);
        }
        environment.put(SEARCHED, String.join(File.pathSeparator, folders));
    }

    private void own(Map<String, String> environment, LibtorchFolder folder) throws EngineUnfit {
        folder.refuseOther(needed, environment.getOrDefault(VERSION, ""));
        environment.put(VERSION, needed);
        environment.put(FLAVOR, flavor(folder));
    }

    /// As the bindings on the class path say.
    private static String boundVersion() {
        try (InputStream in = EngineChoice.class.getResourceAsStream("/jnilib/pytorch.properties")) {
            if (in == null) {
                throw new IllegalStateException("DJL's bindings are not on the class path");
            }
            Properties properties = new Properties();
            properties.load(in);
            String both = properties.getProperty("jni_version", "");
            return both.substring(0, Math.max(both.indexOf('-'), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
