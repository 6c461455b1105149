package trex.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import trex.json.Json;
import trex.loop.Studies;
import trex.model.Mission;
import trex.model.Recipe;

/// A bundle as a zip file:
///
/// ```
/// bundle.json       what is compared, and the digests of the other files
/// mission.json      recipe.json       environment.json      of the best training
/// tree.json         recipes/RUN.json  metrics/RUN.jsonl     of the whole study
/// ```
///
/// A file from elsewhere is not trusted: it is never unpacked to the disk, so no name or link in it
/// leads anywhere; names, number and sizes are limited, and every member must have its digest.
final class BundleFile {
    static final String FACTS = "bundle.json";
    static final String MISSION = "mission.json";
    static final String RECIPE = "recipe.json";
    static final String ENVIRONMENT = "environment.json";
    static final String TREE = "tree.json";
    private static final Pattern NAMES = Pattern.compile(
            "(bundle|mission|recipe|environment|tree)\\.json|recipes/[\\w-]{1,80}\\.json|metrics/[\\w-]{1,80}\\.jsonl");
    private static final int MEMBERS = 10_000;
    private static final int MEMBER_BYTES = 32 << 20;
    private static final long TOTAL_BYTES = 256L << 20;

    private BundleFile() {}

    /// Writes it whole or not at all.
    ///
    /// @param members text by name; in this order
    static void write(Path file, Map<String, String> members) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
                for (Map.Entry<String, String> member : members.entrySet()) {
                    ZipEntry entry = new ZipEntry(member.getKey());
                    entry.setTime(0); // the same study makes the same bytes
                    zip.putNextEntry(entry);
                    zip.write(member.getValue().getBytes(StandardCharsets.UTF_8));
                    zip.closeEntry();
                }
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// @throws Studies.Refused for anything that is not a whole bundle; says what is wrong with it
    static Bundle read(Path file, PortablePaths paths) throws Studies.Refused {
        Map<String, String> members = members(file);
        Bundle.Facts facts = parse(file, members, FACTS, Bundle.Facts.class);
        for (Map.Entry<String, String> member : members.entrySet()) {
            String digest = FolderDigest.ofText(member.getValue());
            if (!member.getKey().equals(FACTS) && !digest.equals(facts.members().get(member.getKey()))) {
                throw refused(file, member.getKey() + " was changed since the bundle was written");
            }
        }
        try {
            Mission mission = Json.mapper().treeToValue(
                    paths.unpacked(Json.mapper().readTree(text(file, members, MISSION))), Mission.class);
            return new Bundle(facts, mission, parse(file, members, RECIPE, Recipe.class),
                    parse(file, members, ENVIRONMENT, Surroundings.class));
        } catch (JsonProcessingException e) {
            throw damaged(file, MISSION, e);
        }
    }

    private static Map<String, String> members(Path file) throws Studies.Refused {
        Map<String, String> members = new LinkedHashMap<>();
        long total = 0;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MEMBERS) {
                throw refused(file, "it holds " + zip.size() + " files, more than the " + MEMBERS + " that a bundle may");
            }
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
                ZipEntry entry = all.nextElement();
                if (!NAMES.matcher(entry.getName()).matches()) {
                    throw refused(file, "no bundle holds a file named \"" + entry.getName() + "\"");
                }
                byte[] bytes = bytes(file, zip, entry);
                total += bytes.length;
                if (total > TOTAL_BYTES) {
                    throw refused(file, "it unpacks to more than " + (TOTAL_BYTES >> 20) + " MiB");
                }
                if (members.put(entry.getName(), new String(bytes, StandardCharsets.UTF_8)) != null) {
                    throw refused(file, entry.getName() + " stands in it twice");
                }
            }
            return members;
        } catch (IOException e) {
            throw new Studies.Refused("The bundle " + file + " cannot be read: "
                    + (Files.exists(file) ? e.getMessage() : "it is not there"), e);
        }
    }

    /// What an entry says of its own size may be a lie: one byte too many is read and no more.
    private static byte[] bytes(Path file, ZipFile zip, ZipEntry entry) throws IOException, Studies.Refused {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MEMBER_BYTES + 1);
            if (bytes.length > MEMBER_BYTES) {
                throw refused(file, entry.getName() + " unpacks to more than " + (MEMBER_BYTES >> 20) + " MiB");
            }
            return bytes;
        }
    }

    private static <T> T parse(Path file, Map<String, String> members, String name, Class<T> type)
            throws Studies.Refused {
        try {
            return Json.mapper().readValue(text(file, members, name), type);
        } catch (JsonProcessingException e) {
            throw damaged(file, name, e);
        }
    }

    private static String text(Path file, Map<String, String> members, String name) throws Studies.Refused {
        String text = members.get(name);
        if (text == null) {
            throw refused(file, name + " is missing in it");
        }
        return text;
    }

    private static Studies.Refused damaged(Path file, String name, JsonProcessingException e) {
        return new Studies.Refused("The bundle " + file + " is refused: " + name + ": "
                + String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("damaged"), e);
    }

    private static Studies.Refused refused(Path file, String why) {
        return new Studies.Refused("The bundle " + file + " is refused: " + why);
    }
}
