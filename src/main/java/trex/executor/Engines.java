package trex.executor;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import trex.fetch.EngineEntry;
import trex.fetch.EngineFiles;
import trex.fetch.EngineInstaller;
import trex.fetch.Unavailable;
import trex.fetch.WheelSource;

/// The numeric libraries that a person can add to the one for processors that comes along.
public final class Engines {
    private final List<EngineEntry> catalogue;
    private final EngineFiles files;
    private final WheelSource source;
    private final String platform;
    private final Function<EngineBuild, Optional<String>> driver;

    /// @param home the program's home folder
    public Engines(Path home, Map<String, String> environment) {
        this(EngineFiles.catalogue(), new EngineFiles(home), WheelSource.of(environment), platform(),
                build -> new LocalDevices(() -> build, false, new NvidiaSmi("nvidia-smi", null)::gpus).hindrance());
    }

    /// @param platform this machine's operating system and architecture, as in `linux-x86_64`
    /// @param driver why the driver of this machine does not fit a build
    Engines(List<EngineEntry> catalogue, EngineFiles files, WheelSource source, String platform,
            Function<EngineBuild, Optional<String>> driver) {
        this.catalogue = List.copyOf(catalogue);
        this.files = files;
        this.source = source;
        this.platform = platform;
        this.driver = driver;
    }

    /// A request that cannot be met; the message is a sentence for the person.
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }

        Failed(Unavailable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /// An engine, there or to be had.
    ///
    /// @param files names of the files that are downloaded
    /// @param licences under which its parts come, each with the address of its text
    /// @param hindrance why this machine could not use it, in a sentence; null where it could
    public record Offer(String name, String title, Path folder, boolean installed, long downloadBytes,
            long installedBytes, List<String> files, List<String> licences, @Nullable String hindrance) {
        public Offer {
            files = List.copyOf(files);
            licences = List.copyOf(licences);
        }
    }

    /// Hears how far an installation is: what is being done, and of how many bytes.
    @FunctionalInterface
    public interface Progress {
        void at(String what, long done, long total);
    }

    public List<Offer> offers() {
        return catalogue.stream().map(this::offer).toList();
    }

    /// One of [#offers()].
    public Offer offer(String name) throws Failed {
        return offer(engine(name));
    }

    private Offer offer(EngineEntry engine) {
        return new Offer(engine.name(), engine.title(), files.folder(engine), files.isInstalled(engine),
                engine.downloadBytes(), engine.installedBytes(),
                engine.wheels().stream().map(EngineEntry.Wheel::file).toList(),
                engine.licences().stream().map(licence -> licence.name() + ", " + licence.address()).toList(),
                wrongPlatform(engine).or(() -> driver.apply(new EngineBuild(engine.flavour(), engine.title()))).orElse(null));
    }

    /// Installs an engine; one that is there already is left as it is. What a broken installation has
    /// downloaded is used by the next. The person must have agreed to its licences.
    public void install(String name, Progress progress) throws Failed, InterruptedException {
        EngineEntry engine = engine(name);
        Optional<String> wrong = wrongPlatform(engine);
        if (wrong.isPresent()) {
            throw new Failed(wrong.get());
        }
        try {
            new EngineInstaller(files, source, DiskSpace::usable).install(engine, progress::at);
        } catch (Unavailable e) {
            throw new Failed(e);
        }
    }

    /// @return whether there was anything to remove
    public boolean remove(String name) throws Failed {
        try {
            return files.remove(engine(name));
        } catch (Unavailable e) {
            throw new Failed(e);
        }
    }

    private EngineEntry engine(String name) throws Failed {
        return catalogue.stream().filter(engine -> Stream.of(engine.name(), engine.flavour()).anyMatch(name::equals))
                .findFirst()
                .orElseThrow(() -> new Failed("There is no engine \"" + name + "\", only "
                        + String.join(", ", catalogue.stream().map(EngineEntry::name).toList())));
    }

    private Optional<String> wrongPlatform(EngineEntry engine) {
        return engine.platform().equals(platform) ? Optional.empty()
                : Optional.of(engine.title() + " is for " + engine.platform() + ", and this machine is " + platform
                        + "; name a libtorch " + engine.version() + " of your own in PYTORCH_LIBRARY_PATH");
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch");
        return (system.contains("mac") ? "osx" : File.separatorChar == '\\' ? "win" : "linux")
                + "-" + (architecture.equals("amd64") ? "x86_64" : architecture);
    }
}
