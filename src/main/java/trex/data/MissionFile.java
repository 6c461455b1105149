package trex.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trex.fetch.ModelCatalogue;
import trex.json.Json;
import trex.model.DataSource;
import trex.model.Mission;
import trex.model.Split;
import trex.model.TaskData;

/// Reads mission files: a [Mission] as JSON. Fields that have a sensible value of their own may be
/// left out (see `mission-defaults.json`), a source's format follows from its ending, relative paths
/// start from the file's folder, and a folder stands for its files of the split (see [DataFolder]).
public final class MissionFile {
    private static final String LOCATION = "location";
    private static final String DEFAULTS = "mission-defaults.json";

    private MissionFile() {}

    /// @throws BadMission with a sentence that names the file, the field and the value
    public static Mission read(Path file) throws BadMission {
        JsonNode tree;
        try {
            tree = Json.mapper().readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new BadMission("the mission file " + file + " is not there", e);
        } catch (CharacterCodingException e) {
            throw new BadMission("the mission file " + file + " is no UTF-8 text", e);
        } catch (JsonProcessingException e) {
            throw new BadMission(file + ", line " + e.getLocation().getLineNr() + ": expected a mission as JSON, but "
                    + JsonFault.of(e), e);
        } catch (IOException e) {
            throw new BadMission("the mission file " + file + " cannot be read: " + e.getMessage(), e);
        }
        return mission(file, tree);
    }

    private static Mission mission(Path file, JsonNode tree) throws BadMission {
        if (!(tree instanceof ObjectNode mission)) {
            throw new BadMission(file + ": expected a mission, that is a JSON object, found " + tree.getNodeType());
        }
        fill(mission, defaults());
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        resolveSources(file, mission, folder);
        resolveModel(mission, folder);
        try {
            Mission read = Json.mapper().treeToValue(mission, Mission.class);
            refuseMissing(file, read);
            String contradiction = Contradictions.in(read).orElse("");
            if (!contradiction.isEmpty()) {
                throw new BadMission(file + ": " + contradiction);
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new BadMission(file + ": " + sentence(e), e);
        }
    }

    /// Adds what is absent. An object whose `kind` is given stands for itself.
    private static void fill(ObjectNode given, ObjectNode defaults) {
        for (Map.Entry<String, JsonNode> field : defaults.properties()) {
            JsonNode there = given.get(field.getKey());
            if (there == null) {
                given.set(field.getKey(), field.getValue());
            } else if (there instanceof ObjectNode object && field.getValue() instanceof ObjectNode inner
                    && !object.has("kind")) {
                fill(object, inner);
            }
        }
    }

    private static void resolveSources(Path file, ObjectNode mission, Path folder) throws BadMission {
        if (mission.path("data") instanceof ObjectNode data) {
            for (Split split : Split.values()) {
                String field = split.name().toLowerCase(Locale.ROOT);
                try {
                    expand(data, field, folder, split);
                } catch (BrokenData e) {
                    throw new BadMission(file + ": data." + field + ": " + e.getMessage(), e);
                }
            }
            data.path("train").forEach(source -> resolveSource(source, folder));
            resolveSource(data.path("validation"), folder);
            resolveSource(data.path("test"), folder);
        }
    }

    /// Puts a folder's files of a split in the folder's place.
    private static void expand(ObjectNode data, String field, Path folder, Split split) throws BrokenData {
        JsonNode given = data.path(field);
        if (given instanceof ArrayNode sources) {
            ArrayNode files = data.arrayNode();
            for (JsonNode source : sources) {
                List<Path> found = inside(source, folder, split);
                found.forEach(path -> files.addObject().put(LOCATION, path.toString()));
                if (found.isEmpty()) {
                    files.add(source);
                }
            }
            data.set(field, files);
        } else {
            List<Path> found = inside(given, folder, split);
            if (found.size() > 1) {
                throw new BrokenData("the folder has " + found.size() + " files of this split ("
                        + String.join(", ", found.stream().limit(5).map(p -> String.valueOf(p.getFileName())).toList())
                        + "); name one");
            }
            found.forEach(path -> data.putObject(field).put(LOCATION, path.toString()));
        }
    }

    /// The files of a split where the source is a folder; else nothing.
    private static List<Path> inside(JsonNode source, Path folder, Split split) throws BrokenData {
        if (!(source.path(LOCATION) instanceof TextNode text) || text.textValue().isBlank()
                || DataSource.isRemote(text.textValue()) || !Files.isDirectory(folder.resolve(text.textValue()))) {
            return List.of();
        }
        return new DataFolder(folder.resolve(text.textValue()).normalize()).files(split);
    }

    private static void resolveSource(JsonNode node, Path folder) {
        if (node instanceof ObjectNode source && source.path(LOCATION) instanceof TextNode text) {
            String location = text.textValue();
            if (!source.has("sha256")) {
                source.putNull("sha256");
            }
            if (!source.has("format")) {
                source.put("format", location.substring(location.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
            }
            if (!location.isBlank() && !DataSource.isRemote(location)) {
                source.put(LOCATION, folder.resolve(location).normalize().toString());
            }
        }
    }

    private static void resolveModel(ObjectNode mission, Path folder) {
        if (mission.path("baseModel") instanceof TextNode text && !text.textValue().isBlank()
                && !ModelCatalogue.knows(text.textValue())) {
            Path path = folder.resolve(text.textValue()).normalize();
            if (Files.exists(path) || text.textValue().matches(".*[/\\\\].*")) {
                mission.put("baseModel", path.toString());
            }
        }
    }

    /// What the person's own disk should hold is looked for before a study begins.
    private static void refuseMissing(Path file, Mission mission) throws BadMission {
        TaskData data = mission.data();
        for (DataSource source : data.train()) {
            refuseMissing(file, "data.train", source);
        }
        refuseMissing(file, "data.validation", data.validation());
        refuseMissing(file, "data.test", data.test());
        String model = mission.baseModel();
        if (!ModelCatalogue.knows(model) && !Files.exists(Path.of(model))) {
            throw new BadMission(file + ": baseModel: \"" + model + "\" is neither in the catalogue ("
                    + String.join(", ", ModelCatalogue.names()) + ") nor a file or folder that is there");
        }
    }

    private static void refuseMissing(Path file, String field, @Nullable DataSource source) throws BadMission {
        if (source != null && !source.isRemote() && !Files.isRegularFile(Path.of(source.location()))) {
            throw new BadMission(file + ": " + field + ": the data file " + source.location() + " is not there");
        }
    }

    private static String sentence(JsonProcessingException e) {
        String field = e instanceof JsonMappingException mapping ? path(mapping) : "";
        String where = field.isEmpty() ? "" : field + ": ";
        Throwable cause = e.getCause();
        return switch (e) {
            case UnrecognizedPropertyException unknown -> field + " is no field of a mission; known there are "
                    + unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
            case InvalidFormatException bad when bad.getTargetType().isEnum() -> where + "\"" + bad.getValue()
                    + "\" is unknown; known are " + Arrays.stream(bad.getTargetType().getEnumConstants())
                            .map(c -> c.toString().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
            case MismatchedInputException absent when absent.getOriginalMessage().startsWith("Missing creator property") ->
                    field + " is missing";
            case ValueInstantiationException nothing when cause instanceof NullPointerException ->
                    where + "a field that needs a value is null";
            default -> cause instanceof IllegalArgumentException
                    ? once(where, String.valueOf(cause.getMessage()))
                    : where + JsonFault.of(e);
        };
    }

    /// The records name themselves too.
    private static String once(String where, String message) {
        return message.startsWith(where) ? message : where + message;
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static ObjectNode defaults() {
        try (InputStream json = MissionFile.class.getResourceAsStream(DEFAULTS)) {
            return (ObjectNode) Json.mapper().readTree(Objects.requireNonNull(json, DEFAULTS));
        } catch (IOException e) {
            throw new UncheckedIOException(DEFAULTS + " is not readable", e);
        }
    }
}
