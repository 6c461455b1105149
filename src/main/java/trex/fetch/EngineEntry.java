package trex.fetch;

import java.util.List;
import java.util.regex.Pattern;

/// A numeric library that can be installed beside the one for processors that comes along. It is
/// made of Python wheels, which are zip files; no Python is needed to use what is in them.
///
/// @param name what the person calls it
/// @param title what it is, for the person
/// @param platform operating system and architecture that it is built for, as in `linux-x86_64`
/// @param version of libtorch
/// @param flavour names its folder: the CUDA version that it was built with, as in `cu126`
/// @param binding which of DJL's bindings fits it
/// @param libraries folder of libtorch below the engine's folder
public record EngineEntry(String name, String title, String platform, String version, String flavour, String binding,
        String libraries, List<Licence> licences, List<Wheel> wheels) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*(/[A-Za-z0-9][A-Za-z0-9._+-]*)*");

    public EngineEntry {
        plain("flavour", flavour);
        plain("libraries", libraries);
        licences = List.copyOf(licences);
        wheels = List.copyOf(wheels);
    }

    /// What the downloads take.
    public long downloadBytes() {
        return wheels.stream().mapToLong(Wheel::bytes).sum();
    }

    /// What the installed engine takes.
    public long installedBytes() {
        return wheels.stream().mapToLong(Wheel::unpackedBytes).sum();
    }

    /// Under which a part of the engine comes; this program does not pass it on itself.
    public record Licence(String name, String address) {}

    /// @param requirement `package==version` in the Python Package Index
    /// @param members what is taken out of it; nothing else reaches the disk
    public record Wheel(String requirement, String file, long bytes, String sha256, List<Member> members) {
        public Wheel {
            plain("file", file);
            if (file.indexOf('/') >= 0) {
                throw new IllegalArgumentException("a wheel lies in no folder: " + file);
            }
            members = List.copyOf(members);
        }

        /// What its members take once they are unpacked.
        long unpackedBytes() {
            return members.stream().mapToLong(Member::bytes).sum();
        }
    }

    /// A file of a wheel, with the path that it keeps below the engine's folder.
    public record Member(String path, long bytes) {
        public Member {
            plain("path", path);
            if (bytes < 0) {
                throw new IllegalArgumentException(path + ": bytes must not be negative, got " + bytes);
            }
        }
    }

    /// Neither absolute nor with `..`: no part begins with a dot.
    private static void plain(String what, String path) {
        if (!PLAIN.matcher(path).matches()) {
            throw new IllegalArgumentException(what + " is no plain path below a folder: \"" + path + "\"");
        }
    }
}
