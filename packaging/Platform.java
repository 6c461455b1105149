import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A system that installers are made for, which is always the one that they are made on.
enum Platform {
    LINUX("png", List.of("deb", "rpm")) {
        @Override
        boolean canMake(String type) {
            return type.equals("deb") ? Tool.isThere("dpkg-deb") && Tool.isThere("fakeroot") : Tool.isThere("rpmbuild");
        }

        /// JavaFX opens GTK and the screen's libraries by name, so that no tool finds them.
        @Override
        List<String> installerOptions(String type) {
            return List.of("--linux-rpm-license-type", "Apache-2.0", "--linux-app-category", "science",
                    "--linux-package-deps", type.equals("deb")
                            ? "libgtk-3-0, libxxf86vm1, libgl1"
                            : "libgtk-3.so.0()(64bit), libXxf86vm.so.1()(64bit), libGL.so.1()(64bit), libasound.so.2()(64bit)");
        }

        /// Most of the contents are compressed already: in minutes xz gains a few per cent over zstd.
        @Override
        Map<String, String> environment() {
            return Map.of("DPKG_DEB_COMPRESSOR_TYPE", "zstd");
        }

        @Override
        List<Path> files(Build build) {
            return List.of(build.root().resolve("packaging").resolve("linux").resolve("trex-workbench.desktop"));
        }

        @Override
        Path image(Path folder, String name) {
            return folder.resolve(name);
        }

        @Override
        Path program(Path image) {
            return image.resolve("lib").resolve("app");
        }

        @Override
        Path runtime(Path image) {
            return image.resolve("lib").resolve("runtime");
        }
    },

    MACOS("icns", List.of("dmg", "pkg")) {
        @Override
        boolean canMake(String type) {
            return true;
        }

        @Override
        List<String> imageOptions() {
            return List.of("--mac-package-identifier", "org.trex-workbench", "--mac-package-name", "TREX Workbench");
        }

        /// The system refuses versions that begin with 0.
        @Override
        String version(String version) {
            return version.startsWith("0.") ? "1" + version.substring(1) : version;
        }

        @Override
        Path image(Path folder, String name) {
            return folder.resolve(name + ".app");
        }

        @Override
        Path program(Path image) {
            return image.resolve("Contents").resolve("app");
        }

        @Override
        Path runtime(Path image) {
            return image.resolve("Contents").resolve("runtime").resolve("Contents").resolve("Home");
        }
    },

    WINDOWS("ico", List.of("msi")) {
        @Override
        boolean canMake(String type) {
            return Tool.isThere("wix.exe", "candle.exe");
        }

        /// The identifier stays the same for ever: by it a newer version replaces an older one.
        @Override
        List<String> installerOptions(String type) {
            return List.of("--win-menu", "--win-menu-group", "TREX Workbench", "--win-shortcut-prompt",
                    "--win-dir-chooser", "--win-per-user-install",
                    "--win-upgrade-uuid", "6c1b4d0e-52f1-4d3b-9a35-8f4e2b7d9c61");
        }

        @Override
        Path image(Path folder, String name) {
            return folder.resolve(name);
        }

        @Override
        Path program(Path image) {
            return image.resolve("app");
        }

        @Override
        Path runtime(Path image) {
            return image.resolve("runtime");
        }
    };

    private final String icon;
    private final List<String> types;

    Platform(String icon, List<String> types) {
        this.icon = icon;
        this.types = types;
    }

    static Platform here() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.contains("windows") ? WINDOWS : name.contains("mac") ? MACOS : LINUX;
    }

    /// The kinds of installers that this system knows.
    List<String> types() {
        return types;
    }

    /// Whether the programs that make an installer are here.
    abstract boolean canMake(String type);

    /// Options of jpackage for the image.
    List<String> imageOptions() {
        return List.of();
    }

    /// Options of jpackage for an installer.
    List<String> installerOptions(String type) {
        return List.of();
    }

    /// What is added to the environment of jpackage.
    Map<String, String> environment() {
        return Map.of();
    }

    /// What this system's image holds beside the files of all.
    List<Path> files(Build build) {
        return List.of();
    }

    /// Replacements of jpackage's own templates, where there are any.
    Path templates(Build build) {
        return build.root().resolve("packaging").resolve(name().toLowerCase(Locale.ROOT));
    }

    /// The version as the system wants it.
    String version(String version) {
        return version;
    }

    Path icon(Build build) {
        return build.root().resolve("packaging").resolve("icons").resolve("trex." + icon);
    }

    /// The image that jpackage made in a folder.
    abstract Path image(Path folder, String name);

    /// The image's folder of libraries and files: `$APPDIR` to jpackage.
    abstract Path program(Path image);

    /// The Java of an image.
    abstract Path runtime(Path image);
}
