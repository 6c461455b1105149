package trex.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import trex.model.DataSource;

/// Brings data sources here: from the mirror folder, from what was downloaded before, or from
/// their public place. Whichever it is, the digest is checked.
public final class DataFiles {
    private static final Pattern GITHUB =
            Pattern.compile("github:([\\w.-]+/[\\w.-]+)@([0-9a-f]{40})/(.+)", Pattern.UNICODE_CHARACTER_CLASS);

    private final Places places;
    private final Downloads downloads;

    public DataFiles(Places places, Downloads downloads) {
        this.places = places;
        this.downloads = downloads;
    }

    /// The file of a source on this machine.
    public Path locate(DataSource source, Progress progress) throws Unavailable, InterruptedException {
        String location = source.location();
        if (location.startsWith("github:")) {
            return github(source, progress);
        }
        if (location.matches("https?://.*")) {
            return downloaded(source, address(location, location), progress);
        }
        return own(source);
    }

    private Path own(DataSource source) throws Unavailable {
        Path file = path(source.location());
        if (!Files.isRegularFile(file)) {
            throw new Unavailable("the data file " + file.toAbsolutePath() + " is not there");
        }
        if (source.sha256() != null) {
            check(file, source.sha256());
        }
        return file;
    }

    private Path github(DataSource source, Progress progress) throws Unavailable, InterruptedException {
        Matcher parts = GITHUB.matcher(source.location());
        if (!parts.matches() || parts.group(3).contains("..")) {
            throw new Unavailable("data source \"" + source.location()
                    + "\" is not of the form github:owner/repository@commit/path with a commit of 40 digits");
        }
        String inside = parts.group(1) + "/" + parts.group(2) + "/" + parts.group(3);
        Path mirrored = mirrored(inside);
        if (mirrored != null) {
            if (source.sha256() != null) {
                check(mirrored, source.sha256());
            }
            return mirrored;
        }
        return downloaded(source, address("https://raw.githubusercontent.com/" + inside, source.location()), progress);
    }

    private @Nullable Path mirrored(String inside) {
        Path mirror = places.dataMirror();
        Path file = mirror == null ? null : mirror.resolve(inside);
        return file != null && Files.isRegularFile(file) ? file : null;
    }

    private Path downloaded(DataSource source, URI address, Progress progress)
            throws Unavailable, InterruptedException {
        String sha256 = source.sha256();
        if (sha256 == null) {
            throw new Unavailable("data source " + source.location()
                    + " has no sha256: state it, so that the mission always reads the same bytes, or give a local path");
        }
        String name = Path.of(address.getPath()).getFileName().toString();
        Path file = places.home().resolve("data").resolve(sha256).resolve(name);
        if (!Files.isRegularFile(file)) {
            fetch(address, file, sha256, progress);
        }
        check(file, sha256);
        return file;
    }

    private void fetch(URI address, Path file, String sha256, Progress progress)
            throws Unavailable, InterruptedException {
        try {
            downloads.fetch(address, file, sha256, progress);
        } catch (Unavailable e) {
            throw new Unavailable(e.getMessage() + ". Data that is here already can be named by its path, or lie below "
                    + "a folder laid out owner/repository/commit/path that TREX_DATA_MIRROR names", e);
        }
    }

    private static void check(Path file, String sha256) throws Unavailable {
        try {
            String found = Sha256.of(file);
            if (!found.equals(sha256)) {
                throw new Unavailable(file + " has SHA-256 " + found + ", the mission expects " + sha256
                        + ": it was changed; remove it or put the right file there");
            }
        } catch (IOException e) {
            throw new Unavailable("the data file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path path(String location) throws Unavailable {
        try {
            return Path.of(location);
        } catch (InvalidPathException e) {
            throw new Unavailable("data source \"" + location + "\" is no path: " + e.getReason(), e);
        }
    }

    /// Letters outside ASCII and blanks are allowed in a path; the address gets them encoded.
    private static URI address(String text, String location) throws Unavailable {
        try {
            int path = text.indexOf('/', text.indexOf("//") + 2);
            String host = path < 0 ? text : text.substring(0, path);
            URI whole = URI.create(host);
            String encoded = new URI(null, null, path < 0 ? "/" : text.substring(path), null).toASCIIString();
            return URI.create(whole.getScheme() + "://" + whole.getRawAuthority() + encoded);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new Unavailable("data source \"" + location + "\" is no address: " + e.getMessage(), e);
        }
    }
}
